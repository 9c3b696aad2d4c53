package io.alertstream.avro;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

/**
 * A visit as the survey numbers it: {@code YYYYMMDDnnnnn}, the night and the exposure in it. The ids of a visit's
 * alerts are {@code day << 42 | sequence << 27 | detector << 19 | counter} with days since 2010, below a few bits of
 * the survey's own. The layout was inferred from the survey's alerts and isn't documented: rely on it only for ids
 * generated here.
 *
 * @param night the date on which the night began in Chile
 * @param sequence 1 to 32767
 */
public record VisitNumber(LocalDate night, int sequence) implements Comparable<VisitNumber> {

    /** Fifteen bits of an id. */
    static final int MAX_SEQUENCE = (1 << 15) - 1;

    /** Nineteen bits of an id. */
    static final int MAX_COUNTER = (1 << 19) - 1;

    private static final int DAY_SHIFT = 42;
    private static final int SEQUENCE_SHIFT = 27;
    private static final int DETECTOR_SHIFT = 19;
    private static final int MAX_DETECTOR = (1 << 8) - 1;
    private static final int MAX_DAY = (1 << 14) - 1;
    private static final long VISIT_BITS = ((MAX_DAY + 1L) << (DAY_SHIFT - SEQUENCE_SHIFT)) - 1;
    private static final LocalDate FIRST_DAY = LocalDate.of(2010, 1, 1);
    private static final int HOURS_TO_NOON = 12;

    private static final Comparator<VisitNumber> ORDER =
            Comparator.comparing(VisitNumber::night).thenComparingInt(VisitNumber::sequence);

    public VisitNumber {
        if (sequence < 1 || sequence > MAX_SEQUENCE || day(night) < 0 || day(night) > MAX_DAY) {
            throw new IllegalArgumentException("expected a night from %s on and a sequence from 1 to %d, got %s and %d"
                    .formatted(FIRST_DAY, MAX_SEQUENCE, night, sequence));
        }
    }

    /** The first visit of the night that a moment belongs to: nights change at noon UTC, which is morning in Chile. */
    public static VisitNumber firstOfNight(Instant moment) {
        return new VisitNumber(LocalDate.ofInstant(moment.minus(HOURS_TO_NOON, ChronoUnit.HOURS), ZoneOffset.UTC), 1);
    }

    /** Reads {@code YYYYMMDDnnnnn}; empty if it isn't a visit's number. */
    public static Optional<VisitNumber> of(long number) {
        long date = number / 100_000;
        try {
            LocalDate night =
                    LocalDate.of((int) Math.min(date / 10_000, 9_999), (int) (date / 100 % 100), (int) (date % 100));
            return Optional.of(new VisitNumber(night, (int) (number % 100_000)));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The visit of an alert, by its id; empty if the id isn't laid out that way. */
    public static Optional<VisitNumber> ofAlert(long id) {
        int sequence = (int) (id >>> SEQUENCE_SHIFT) & MAX_SEQUENCE;
        long day = id >>> DAY_SHIFT & MAX_DAY;
        return id < 0 || sequence == 0 || day == 0
                ? Optional.empty()
                : Optional.of(new VisitNumber(FIRST_DAY.plusDays(day), sequence));
    }

    /** {@code YYYYMMDDnnnnn}. */
    public long number() {
        return (night.getYear() * 10_000L + night.getMonthValue() * 100L + night.getDayOfMonth()) * 100_000 + sequence;
    }

    /** The next visit; after a full night, the first of the next date. */
    public VisitNumber next() {
        return sequence < MAX_SEQUENCE ? new VisitNumber(night, sequence + 1) : new VisitNumber(night.plusDays(1), 1);
    }

    /**
     * The id of one of the visit's alerts.
     *
     * @param like an id whose bits above the day are kept
     * @param detector 0 to 255
     * @param counter the alert's number on its detector, 0 to 524287
     */
    public long alertId(long like, int detector, int counter) {
        if (detector < 0 || detector > MAX_DETECTOR || counter < 0 || counter > MAX_COUNTER) {
            throw new IllegalArgumentException("expected a detector up to %d with at most %d alerts, got %d and %d"
                    .formatted(MAX_DETECTOR, MAX_COUNTER + 1, detector, counter + 1));
        }
        long kept = like & ~(((MAX_DAY + 1L) << DAY_SHIFT) - 1);
        return kept | (place() << SEQUENCE_SHIFT) | ((long) detector << DETECTOR_SHIFT) | counter;
    }

    /** The counter in an alert's id: its number on its detector. */
    public static int counter(long id) {
        return (int) id & MAX_COUNTER;
    }

    /** Another visit's alert id in this visit: with the same detector and counter. */
    long sameAlert(long id) {
        return (id & ~(VISIT_BITS << SEQUENCE_SHIFT)) | (place() << SEQUENCE_SHIFT);
    }

    /** The visit's bits in the ids of its alerts: later visits have higher ones. */
    long place() {
        return (day(night) << (DAY_SHIFT - SEQUENCE_SHIFT)) | sequence;
    }

    /** The visit's bits of an alert's id. */
    static long place(long id) {
        return (id >>> SEQUENCE_SHIFT) & VISIT_BITS;
    }

    private static long day(LocalDate night) {
        return ChronoUnit.DAYS.between(FIRST_DAY, night);
    }

    @Override
    public int compareTo(VisitNumber other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return Long.toString(number());
    }
}
