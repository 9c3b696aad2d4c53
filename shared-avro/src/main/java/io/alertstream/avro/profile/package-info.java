/**
 * The layout of a survey's alerts. A {@link io.alertstream.avro.profile.AlertProfile} names the fields of id, time,
 * position, band, flux and cutouts; an {@link io.alertstream.avro.profile.AlertView} reads a decoded alert with it.
 * Code that shows or searches alerts reads them through a view, so that a new survey needs a new profile but no code.
 * Plain data; usable from any thread.
 */
package io.alertstream.avro.profile;
