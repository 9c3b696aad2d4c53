/**
 * Alerts by the thousand: real packets, encoded once, that get a new id each time they are sent. What has an id of its own
 * is a new alert to everyone, and costs no more than a copy of its bytes.
 */
package io.alertstream.loadtest.packets;
