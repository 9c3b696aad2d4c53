package io.alertstream.avro.sample;

/** How a source's flux varies, as a share of its mean or its peak. */
sealed interface LightCurve {

    double at(double mjdTai);

    /** A pulsating star: fast rise, slow decline. */
    record Periodic(double period, double epoch, double amplitude) implements LightCurve {
        @Override
        public double at(double mjdTai) {
            double phase = 2 * StrictMath.PI * ((mjdTai - epoch) / period);
            return amplitude * (StrictMath.sin(phase) - 0.4 * StrictMath.sin(2 * phase));
        }
    }

    /** An active nucleus: three slow waves approximate its random walk. */
    record Irregular(double scale, double epoch, double amplitude) implements LightCurve {
        @Override
        public double at(double mjdTai) {
            double t = (mjdTai - epoch) / scale;
            return amplitude
                    * (0.5 * StrictMath.sin(t) + 0.3 * StrictMath.sin(2.7 * t + 1) + 0.2 * StrictMath.sin(7.1 * t));
        }
    }

    /** An exploding star: nothing before, a rise within days, a decline within weeks. */
    record Explosion(double start, double rise, double decline) implements LightCurve {
        @Override
        public double at(double mjdTai) {
            double days = mjdTai - start;
            return days <= 0 ? 0 : 1.4 * (1 - StrictMath.exp(-days / rise)) * StrictMath.exp(-days / decline);
        }
    }

    /**
     * A constant flux: 0 for an artefact, which isn't on the sky, 1 for an asteroid, which the template doesn't show.
     */
    record Constant(double level) implements LightCurve {
        @Override
        public double at(double mjdTai) {
            return level;
        }
    }
}
