package io.alertstream.server.pages;

import io.alertstream.server.formats.Tai;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers formatted for people, the same in every locale. */
final class NumberText {

    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String MINUS = "\u2212";

    private NumberText() {}

    /** A value rounded to the second digit of its error, {@code 1234 ± 12}. */
    static String measured(double value, double error) {
        if (!(error > 0) || Math.abs(value) > 1e15 || error < 1e-9) {
            return significant(value, 4);
        }
        int digits = Math.max(0, 1 - (int) Math.floor(Math.log10(error)));
        return fixed(value, digits) + " ± " + fixed(error, digits);
    }

    /** With this many decimals. */
    static String fixed(double value, int digits) {
        String text = BigDecimal.valueOf(value)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toPlainString();
        return text.startsWith("-") ? MINUS + text.substring(1) : text;
    }

    static String significant(double value, int digits) {
        String text = new BigDecimal(value).round(new MathContext(digits)).toString();
        return text.startsWith("-") ? MINUS + text.substring(1) : text;
    }

    /** Date and time of a Modified Julian Date on the same time scale, to the second; the number itself if out of range. */
    static String date(double mjd) {
        return Tai.date(mjd).map(NumberText::date).orElse("MJD " + mjd);
    }

    static String date(LocalDateTime time) {
        return time.format(TO_THE_SECOND);
    }
}
