/**
 * Made-up visits: alerts in schema v11.1 that look like the survey's own, the same bytes for the same numbers on every
 * machine. All arithmetic is what the language and {@link java.lang.StrictMath} define to the last bit. Random numbers
 * and the formatting of numbers are our own, because the platform's may change from one release to the next. Everything
 * computes on the caller's thread, and an alert depends on nothing but its visit and its place in it.
 *
 * <p>A {@link io.alertstream.avro.sample.Cadence} plans the visits. A {@link io.alertstream.avro.sample.Catalogue}
 * holds the objects of each field. An {@link io.alertstream.avro.sample.Epoch} is what one visit measures of a source,
 * and a pure function of both, so a history is made by observing the same object in earlier visits. Measurements are
 * made up first; a {@link io.alertstream.avro.sample.Stamp} then draws pixels that reproduce them.
 *
 * <p>Units, unless a name says otherwise: fluxes in nJy, sky positions in degrees, focal-plane positions in pixels,
 * times in days of MJD TAI.
 */
package io.alertstream.avro.sample;
