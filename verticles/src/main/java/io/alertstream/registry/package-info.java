/**
 * Client of a schema registry that speaks Confluent's REST interface. Nothing here blocks; Futures complete on the
 * caller's context. A schema under an id never changes, so it is requested once. Failures aren't cached, and say
 * whether the registry refused or couldn't be reached.
 */
package io.alertstream.registry;
