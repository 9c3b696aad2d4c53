package io.alertstream.avro.profile;

/** How a survey counts days. */
public enum TimeScale {
    /** Modified Julian Date, International Atomic Time. */
    MJD_TAI(0, false),
    /** Modified Julian Date, UTC. */
    MJD_UTC(0, true),
    /** Julian Date, UTC. */
    JD_UTC(2_400_000.5, true);

    /** TAI minus UTC since 2017, which is before the first public alert stream. */
    private static final double LEAP_DAYS = 37 / 86_400.0;

    private final double zero;
    private final double shift;

    TimeScale(double zero, boolean utc) {
        this.zero = zero;
        this.shift = utc ? LEAP_DAYS : 0;
    }

    /** The same moment as Modified Julian Date in TAI. */
    public double mjdTai(double days) {
        return days - zero + shift;
    }
}
