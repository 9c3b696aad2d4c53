package io.alertstream.server.formats;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Conversions of International Atomic Time, the survey's time scale. */
public final class Tai {

    /** The epoch of Modified Julian Dates. */
    private static final LocalDateTime MJD_ZERO = LocalDateTime.of(1858, 11, 17, 0, 0);

    /** The end of the year 9999. */
    private static final double MAX_MJD = 2_973_483;

    private static final double MILLIS_PER_DAY = 86_400_000;

    /** TAI minus UTC in seconds, by the TAI from which it applies (IERS Bulletin C). */
    private static final NavigableMap<LocalDateTime, Integer> LEAP_SECONDS = new TreeMap<>();

    static {
        String[] days = {
            "1972-01-01", "1972-07-01", "1973-01-01", "1974-01-01", "1975-01-01", "1976-01-01", "1977-01-01",
            "1978-01-01", "1979-01-01", "1980-01-01", "1981-07-01", "1982-07-01", "1983-07-01", "1985-07-01",
            "1988-01-01", "1990-01-01", "1991-01-01", "1992-07-01", "1993-07-01", "1994-07-01", "1996-01-01",
            "1997-07-01", "1999-01-01", "2006-01-01", "2009-01-01", "2012-07-01", "2015-07-01", "2017-01-01"
        };
        int seconds = 10;
        for (String day : days) {
            LEAP_SECONDS.put(LocalDate.parse(day).atStartOfDay().plusSeconds(seconds), seconds);
            seconds++;
        }
    }

    private Tai() {}

    /** Date and time of a Modified Julian Date on the same time scale; empty if out of range. */
    public static Optional<LocalDateTime> date(double mjd) {
        return Math.abs(mjd) > MAX_MJD || Double.isNaN(mjd)
                ? Optional.empty()
                : Optional.of(MJD_ZERO.plus(Math.round(mjd * MILLIS_PER_DAY), ChronoUnit.MILLIS));
    }

    /**
     * UTC of a Modified Julian Date in TAI, empty before 1972. A leap second itself, 23:59:60, reads as the second after
     * it. Leap seconds announced after this release are unknown to it.
     */
    public static Optional<LocalDateTime> utc(double mjd) {
        return date(mjd).flatMap(tai -> Optional.ofNullable(LEAP_SECONDS.floorEntry(tai))
                .map(Map.Entry::getValue)
                .map(tai::minusSeconds));
    }
}
