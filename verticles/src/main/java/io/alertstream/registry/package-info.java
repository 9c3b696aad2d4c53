/**
 * Client of a schema registry that speaks Confluent's REST interface. Nothing here blocks; Futures complete on the
 * caller's context. A schema under an id never changes, so it is asked for once; a failure is never remembered, and says
 * whether the registry refused or just couldn't be asked.
 */
package io.alertstream.registry;
