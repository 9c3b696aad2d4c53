package io.alertstream.avro.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Which field each visit looks at, and when. A night is eight blocks of 50 fields; each block is observed twice, half an
 * hour apart, in two bands. A field is observed every third night. Visits are numbered consecutively from 0 across all
 * nights; negative numbers are the survey's past.
 *
 * <p>The sky doesn't change with the seasons: the same fields culminate on every night of the year.
 */
final class Cadence {

    static final int VISITS_A_NIGHT = 800;

    private static final int FIELDS_A_BLOCK = 50;
    private static final int VISITS_A_BLOCK = 2 * FIELDS_A_BLOCK;
    private static final int BLOCKS = VISITS_A_NIGHT / VISITS_A_BLOCK;
    private static final int NIGHTS_BETWEEN = 3;
    private static final int NIGHTS_A_YEAR = 365;

    /** A slew across the sky, after every tenth visit, takes the time of a visit. */
    private static final int VISITS_BETWEEN_SLEWS = 10;

    /** Another filter, for a block's second look, takes two minutes: two slots besides the slew's. */
    private static final int FILTER_SLOTS = 2;

    /** Early in the night clouds close the dome for ten minutes. */
    private static final int VISITS_BEFORE_CLOUDS = 70;

    private static final int CLOUD_SLOTS = 15;

    /** One field in twenty is crowded. */
    private static final int FIELDS_PER_CROWDED = 20;

    private static final int FIRST_CROWDED = 7;

    /** A crowded field has this many times the alerts of an ordinary one. */
    private static final int CROWD = 4;

    private static final int COLUMNS = 5;
    private static final int ROWS = FIELDS_A_BLOCK / COLUMNS;
    private static final double STEP = 3;
    private static final double FIRST_RA = 97.6;
    private static final double FIRST_DEC = 13.7;

    /** The order in which the bands are used. */
    private static final List<Band> TURNS = List.of(Band.R, Band.I, Band.Z, Band.Y, Band.U, Band.G);

    private Cadence() {}

    static long night(long visit) {
        return Math.floorDiv(visit, VISITS_A_NIGHT);
    }

    static int inNight(long visit) {
        return Math.floorMod(visit, VISITS_A_NIGHT);
    }

    /**
     * When a visit is made, in units of 37 s from its night's first one. Units without a visit are pauses. The survey's
     * past has none, so that the histories of the first visit don't depend on them.
     */
    static int slot(long visit) {
        int number = inNight(visit);
        if (visit < 0) {
            return number;
        }
        int slews = number / VISITS_BETWEEN_SLEWS;
        int filterChanges = (number + FIELDS_A_BLOCK) / VISITS_A_BLOCK;
        int clouds = number < VISITS_BEFORE_CLOUDS ? 0 : CLOUD_SLOTS;
        return number + slews + FILTER_SLOTS * filterChanges + clouds;
    }

    static boolean isCrowded(int field) {
        return field % FIELDS_PER_CROWDED == FIRST_CROWDED;
    }

    /** Number of alerts of a visit, given that of a visit to an ordinary field. */
    static int alerts(long visit, int ordinary) {
        return isCrowded(field(visit)) ? (int) Math.min(SampleVisit.MAX_ALERTS, (long) CROWD * ordinary) : ordinary;
    }

    static Band band(long visit) {
        int secondLook = inNight(visit) / FIELDS_A_BLOCK % 2;
        long turn = Math.floorDiv(night(visit), NIGHTS_BETWEEN) + block(visit) + secondLook;
        return TURNS.get(Math.floorMod(turn, TURNS.size()));
    }

    static int field(long visit) {
        int group = Math.floorMod(night(visit), NIGHTS_BETWEEN);
        return (group * BLOCKS + block(visit)) * FIELDS_A_BLOCK + inNight(visit) % FIELDS_A_BLOCK;
    }

    /** Right ascension of a field's centre. Blocks are ordered as they culminate. */
    static double ra(int field) {
        int block = field / FIELDS_A_BLOCK % BLOCKS;
        return FIRST_RA + STEP * (block * COLUMNS + field % COLUMNS);
    }

    static double dec(int field) {
        int group = field / (FIELDS_A_BLOCK * BLOCKS);
        int row = field % FIELDS_A_BLOCK / COLUMNS;
        return FIRST_DEC - STEP * (group * ROWS + row);
    }

    /**
     * The earlier visits to a visit's field, oldest first. They reach back to {@link SampleHistory#nights} before the
     * start of the year; history before that is dropped.
     */
    static List<Long> before(long visit, SampleHistory history) {
        long night = night(visit);
        long first = Math.floorDiv(night, NIGHTS_A_YEAR) * NIGHTS_A_YEAR - history.nights();
        long then = first + Math.floorMod(night - first, NIGHTS_BETWEEN);
        int firstLook = block(visit) * VISITS_A_BLOCK + inNight(visit) % FIELDS_A_BLOCK;
        List<Long> before = new ArrayList<>();
        for (; then <= night; then += NIGHTS_BETWEEN) {
            for (int look = 0; look < 2; look++) {
                long number = then * VISITS_A_NIGHT + firstLook + (long) look * FIELDS_A_BLOCK;
                if (number < visit) {
                    before.add(number);
                }
            }
        }
        return before;
    }

    private static int block(long visit) {
        return inNight(visit) / VISITS_A_BLOCK;
    }
}
