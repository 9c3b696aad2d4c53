package io.alertstream.avro.sample;

/**
 * Something at a fixed place on the sky, the same in every visit that looks there.
 *
 * @param number within its field; the low bits of its source ids
 * @param seed for everything random about it
 * @param from when it first became visible, MJD TAI
 */
record SkyObject(int number, long seed, Source source, Vector direction, double from) {}
