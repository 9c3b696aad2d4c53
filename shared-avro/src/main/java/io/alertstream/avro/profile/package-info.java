/**
 * What stands where in a survey's alerts. A {@link io.alertstream.avro.profile.AlertProfile} names the fields of id, time,
 * position, band, flux and cutouts; an {@link io.alertstream.avro.profile.AlertView} reads a decoded alert with it. Whoever
 * shows or searches alerts reads them through a view, so that a new survey is a new profile and no code. Plain data;
 * usable from any thread.
 */
package io.alertstream.avro.profile;
