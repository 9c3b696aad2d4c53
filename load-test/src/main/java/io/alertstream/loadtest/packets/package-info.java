/**
 * Alerts by the thousand: real packets, encoded once, that get a new id each time they are sent. A packet with a new id
 * is a new alert to every reader, and costs no more than a copy of its bytes.
 */
package io.alertstream.loadtest.packets;
