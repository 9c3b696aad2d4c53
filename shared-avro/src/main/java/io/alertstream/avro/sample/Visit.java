package io.alertstream.avro.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A visit and its field: where and when the camera looks, and when it looked there before.
 *
 * @param past exposures of the same field in the months before, oldest first, in all bands
 * @param reason why the scheduler chose this visit, in its own words
 */
record Visit(long number, Exposure exposure, Pointing pointing, List<Exposure> past, String target, String reason) {

    /**
     * The sample's first night; the fields below then stand highest at midnight. Changing the schema moves it by a day:
     * an archive that holds the first visit of the previous sample must not meet the same ids with other bytes.
     */
    private static final LocalDate FIRST_NIGHT = LocalDate.of(2026, 3, 21);

    /** The bands in which the camera looks, one after the other. */
    private static final List<Band> TURNS = List.of(Band.R, Band.I, Band.Z, Band.Y, Band.U, Band.G);

    private static final int VISITS_A_NIGHT = 700;
    private static final int FIRST_EXPOSURE = 100;
    private static final int FIELDS = 24;
    private static final int FIELDS_A_ROW = 12;
    private static final double FIELD_STEP = 3.2;
    private static final int PAST_NIGHTS = 42;
    private static final double DAYS_BETWEEN = 3.4;
    private static final int BACK_AGAIN = 54;

    /** @param number 0 or more: every number is another visit, and its alerts have other ids */
    static Visit number(long number) {
        LocalDate night = FIRST_NIGHT.plusDays(number / VISITS_A_NIGHT);
        int sequence = FIRST_EXPOSURE + (int) (number % VISITS_A_NIGHT);
        Deviates deviates = new Deviates(Deviates.mix(0x5eed, number));
        // The survey changes its filter every half an hour or so, and starts the night in r.
        Band band = TURNS.get((int) (number / BACK_AGAIN % TURNS.size()));
        int field = (int) (number % FIELDS);
        int column = field % FIELDS_A_ROW;
        int row = field / FIELDS_A_ROW;
        Pointing pointing =
                new Pointing(150.1 + column * FIELD_STEP, 2.2 - row * FIELD_STEP, deviates.uniform(-80, 80));
        return new Visit(
                number,
                Exposure.of(night, sequence, band),
                pointing,
                past(night, deviates),
                field == 0 ? "COSMOS" : "lowdust",
                "pairs_" + band.letter() + "_33.0");
    }

    /** Pairs of exposures, 33 minutes apart in two bands, every few nights. */
    private static List<Exposure> past(LocalDate night, Deviates deviates) {
        List<Exposure> past = new ArrayList<>();
        double daysAgo = 0;
        for (int i = 0; i < PAST_NIGHTS; i++) {
            daysAgo += 0.7 + 2 * (DAYS_BETWEEN - 0.7) * deviates.uniform();
            LocalDate then = night.minusDays((long) StrictMath.ceil(daysAgo));
            int sequence = FIRST_EXPOSURE + deviates.below(VISITS_A_NIGHT);
            int turn = deviates.below(TURNS.size());
            past.add(Exposure.of(then, sequence, TURNS.get(turn)));
            past.add(Exposure.of(then, sequence + BACK_AGAIN, TURNS.get((turn + 1) % TURNS.size())));
        }
        past.sort(Comparator.comparingDouble(Exposure::mjdTai));
        return List.copyOf(past);
    }
}
