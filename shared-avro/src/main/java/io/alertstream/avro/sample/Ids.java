package io.alertstream.avro.sample;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Numbers as the survey assigns them. A visit is YYYYMMDDNNNNN: the night and the exposure in it. A source's id packs
 * the visit, the detector and a counter as the survey's dimension packer does (obs_lsst, {@code RubinDimensionPacker},
 * whose documentation promises stability). From the lowest bit: the counter in 19 bits, the detector in 8, the exposure
 * in 15, the days since 2010 in 14, and the controller that took the exposure.
 */
final class Ids {

    static final int COUNTER_BITS = 19;

    /** The most sources of one detector in one visit. */
    static final int MAX_COUNTER = (1 << COUNTER_BITS) - 1;

    private static final long FIRST_DAY = LocalDate.of(2010, 1, 1).toEpochDay();
    private static final int DETECTORS = 256;
    private static final int EXPOSURES = 32_768;
    private static final long DAYS = 16_384;

    /** The camera's own control system, which takes all regular visits. */
    private static final long CONTROLLER = 2;

    private Ids() {}

    static long visit(LocalDate night, int exposure) {
        long day = night.getYear() * 10_000L + night.getMonthValue() * 100L + night.getDayOfMonth();
        return day * 100_000 + exposure;
    }

    static long source(Exposure exposure, int detector, int counter) {
        long day = CONTROLLER * DAYS + exposure.night().toEpochDay() - FIRST_DAY;
        long image = (day * EXPOSURES + exposure.sequence()) * DETECTORS + detector;
        return image << COUNTER_BITS | counter;
    }

    /** The seven characters of a packed provisional designation, as one number. */
    static long solarSystemObject(String packedDesignation) {
        long id = 0;
        for (byte character : packedDesignation.getBytes(StandardCharsets.US_ASCII)) {
            id = id << Byte.SIZE | character;
        }
        return id;
    }
}
