/**
 * Made-up visits: alerts in schema v11.1 that look like the survey's own, the same bytes for the same numbers on every
 * machine. All arithmetic is what the language and {@link java.lang.StrictMath} define to the last bit, randomness and
 * number formatting are our own, for the platform's may change from one release to the next. Everything computes on the
 * caller's thread, and an alert depends on nothing but its visit and its place in it.
 *
 * <p>Units, unless a name says otherwise: fluxes in nJy, sky positions in degrees, focal-plane positions in pixels, times
 * in days of MJD TAI.
 */
package io.alertstream.avro.sample;
