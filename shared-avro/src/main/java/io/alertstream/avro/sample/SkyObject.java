package io.alertstream.avro.sample;

/**
 * Something at a fixed place on the sky, the same in every visit that looks there.
 *
 * @param number in its field: the last bits of its sources' ids
 * @param seed of all that is random about it
 * @param from when it first could be seen, MJD TAI
 */
record SkyObject(int number, long seed, Source source, Vector direction, double from) {}
