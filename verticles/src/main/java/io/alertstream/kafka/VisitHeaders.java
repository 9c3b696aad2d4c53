package io.alertstream.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Headers of the static topic's messages, from which the replayer learns a visit's timing. They are removed when a
 * message is replayed.
 */
public final class VisitHeaders {

    /** The prefix of these headers' names. */
    public static final String PREFIX = "alertsim-";

    /** Seconds since the visit's first alert, as decimal text: {@code 0.0}, {@code 1.25}. */
    public static final String TIME_OFFSET = PREFIX + "time-offset";

    /**
     * The number of alerts in the visit, as decimal text: a topic with fewer is still being loaded, unless it holds a
     * night ({@link NightMark}).
     */
    public static final String VISIT_ALERTS = PREFIX + "visit-alerts";

    /** Longer visits are refused, so that a damaged offset doesn't stall a replayer for years. */
    private static final long MAX_OFFSET_SECONDS = 86_400;

    private static final Pattern SECONDS = Pattern.compile("\\d{1,5}(\\.\\d{1,12})?");
    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

    private VisitHeaders() {}

    /** An offset as text, without an exponent and with at least one decimal. */
    public static byte[] timeOffset(long micros) {
        BigDecimal seconds = BigDecimal.valueOf(micros, 6).stripTrailingZeros();
        return seconds.setScale(Math.max(1, seconds.scale())).toPlainString().getBytes(US_ASCII);
    }

    /**
     * Reads an offset.
     *
     * @return nanoseconds, not negative
     * @throws IllegalArgumentException if it isn't decimal text, or is longer than a day
     */
    public static long timeOffsetNanos(byte[] text) {
        String seconds = new String(text, US_ASCII);
        if (SECONDS.matcher(seconds).matches()) {
            BigDecimal exact = new BigDecimal(seconds);
            if (exact.longValue() < MAX_OFFSET_SECONDS) {
                return exact.movePointRight(9).longValue();
            }
        }
        throw new IllegalArgumentException("expected %s to be seconds below %d, written 0.0 or 1.25, got %s"
                .formatted(TIME_OFFSET, MAX_OFFSET_SECONDS, show(seconds)));
    }

    /** A number of alerts as text. */
    public static byte[] visitAlerts(long alerts) {
        return Long.toString(alerts).getBytes(US_ASCII);
    }

    /**
     * Reads a number of alerts.
     *
     * @throws IllegalArgumentException if it isn't decimal text
     */
    public static long visitAlerts(byte[] text) {
        return count(VISIT_ALERTS, text);
    }

    static long count(String name, byte[] text) {
        String count = text == null ? "nothing" : new String(text, US_ASCII);
        if (COUNT.matcher(count).matches()) {
            return Long.parseLong(count);
        }
        throw new IllegalArgumentException("expected %s to be a decimal number, got %s".formatted(name, show(count)));
    }

    private static String show(String text) {
        String shown = text.length() > 32 ? text.substring(0, 32) + "..." : text;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
