package io.alertstream.avro.sample;

import java.time.LocalDate;

/**
 * A visit: where and when the camera looks.
 *
 * @param number in the {@link Cadence}
 * @param reason why the scheduler chose this visit, in its own words
 */
record Visit(long number, Exposure exposure, Pointing pointing, String target, String reason) {

    /**
     * The sample's first night, on which the fields culminate as they are observed. Every change of the sample moves it
     * by a day, so that an archive with the previous sample's first visit doesn't get other bytes under the same ids.
     */
    private static final LocalDate FIRST_NIGHT = LocalDate.of(2026, 3, 22);

    private static final int FIRST_EXPOSURE = 100;
    private static final int PLAN = 0x5eed;
    private static final double DITHER = 0.3;
    private static final double SECONDS_OF_READOUT = 3;

    /** @param number in the {@link Cadence}; each number is a different visit with its own alert ids */
    static Visit number(long number) {
        Deviates deviates = new Deviates(Deviates.mix(PLAN, number));
        LocalDate night = FIRST_NIGHT.plusDays(Cadence.night(number));
        Band band = Cadence.band(number);
        int field = Cadence.field(number);
        Pointing pointing = new Pointing(
                Cadence.ra(field) + deviates.uniform(-DITHER, DITHER),
                Cadence.dec(field) + deviates.uniform(-DITHER, DITHER),
                deviates.uniform(-80, 80));
        return new Visit(
                number,
                Exposure.of(
                        night, FIRST_EXPOSURE + Cadence.inNight(number), FIRST_EXPOSURE + Cadence.slot(number), band),
                pointing,
                Cadence.isCrowded(field) ? "dusty_plane" : "lowdust",
                "pairs_" + band.letter() + "_33.0");
    }

    /**
     * Seconds until a detector's alerts are ready. The exposure is the same for all, but a replay goes by the alerts'
     * own times.
     */
    double seconds(int detector) {
        return SECONDS_OF_READOUT * new Deviates(Deviates.mix(number, detector)).uniform();
    }

    double mjdTai(int detector) {
        return exposure.mjdTai() + seconds(detector) / Exposure.SECONDS_A_DAY;
    }
}
