package io.alertstream.server.routes;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How clients write ids: decimal ASCII digits, for an alert optionally after {@code LSST-AP-DS-}. Leading zeros are
 * refused, so that an object has one address and is cached once.
 */
final class IdSyntax {

    static final String ALERT =
            "decimal digits up to 9223372036854775807 without leading zeros, or LSST-AP-DS- followed by such digits";
    static final String SCHEMA = "decimal digits up to 2147483647 without leading zeros";

    private static final String PREFIX = "LSST-AP-DS-";
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

    private IdSyntax() {}

    /** Parses an alert's id; empty if the text isn't one. */
    static OptionalLong alert(String text) {
        return upTo(Long.MAX_VALUE, text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
    }

    /** Parses a schema's id; empty if the text isn't one. */
    static OptionalLong schema(String text) {
        return upTo(Integer.MAX_VALUE, text);
    }

    private static OptionalLong upTo(long max, String text) {
        if (!NUMBER.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(text);
            return number <= max ? OptionalLong.of(number) : OptionalLong.empty();
        } catch (NumberFormatException above) {
            return OptionalLong.empty();
        }
    }
}
