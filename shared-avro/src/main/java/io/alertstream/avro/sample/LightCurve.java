package io.alertstream.avro.sample;

/** How a source's flux goes up and down, as a share of its mean or its peak. */
sealed interface LightCurve {

    double at(double mjdTai);

    /** A pulsating star: steep up, slow down. */
    record Periodic(double period, double epoch, double amplitude) implements LightCurve {
        @Override
        public double at(double mjdTai) {
            double phase = 2 * StrictMath.PI * ((mjdTai - epoch) / period);
            return amplitude * (StrictMath.sin(phase) - 0.4 * StrictMath.sin(2 * phase));
        }
    }

    /** An active nucleus: three slow waves stand for its random walk. */
    record Irregular(double scale, double epoch, double amplitude) implements LightCurve {
        @Override
        public double at(double mjdTai) {
            double t = (mjdTai - epoch) / scale;
            return amplitude
                    * (0.5 * StrictMath.sin(t) + 0.3 * StrictMath.sin(2.7 * t + 1) + 0.2 * StrictMath.sin(7.1 * t));
        }
    }

    /** A star that explodes: nothing before, then up within days and down within weeks. */
    record Explosion(double start, double rise, double decline) implements LightCurve {
        @Override
        public double at(double mjdTai) {
            double days = mjdTai - start;
            return days <= 0 ? 0 : 1.4 * (1 - StrictMath.exp(-days / rise)) * StrictMath.exp(-days / decline);
        }
    }

    /** Nothing changes: 0 for what isn't on the sky at all, 1 for what has only just come here. */
    record Constant(double level) implements LightCurve {
        @Override
        public double at(double mjdTai) {
            return level;
        }
    }
}
