package io.alertstream.avro.sample;

/** Statistics of an object's fluxes in one band. A statistic that needs more fluxes than there are is NaN. */
final class BandSummary {

    private final Mean difference = new Mean();
    private final Mean science = new Mean();
    private final Mean forced = new Mean();
    private double sum;
    private double sumOfSquares;
    private double sumOfErrors;
    private double min = Double.NaN;
    private double max = Double.NaN;
    private double maxSlope = Double.NaN;
    private double lastFlux;
    private double lastTime;

    /** Sources must be added in order of time. */
    void add(Detection source) {
        double flux = source.epoch().flux();
        if (count() > 0) {
            double slope = (flux - lastFlux) / (source.mjdTai() - lastTime);
            maxSlope = count() == 1 ? slope : Math.max(maxSlope, slope);
        }
        lastFlux = flux;
        lastTime = source.mjdTai();
        min = count() == 0 ? flux : Math.min(min, flux);
        max = count() == 0 ? flux : Math.max(max, flux);
        sum += flux;
        sumOfSquares += flux * flux;
        sumOfErrors += source.epoch().error();
        difference.add(flux, source.epoch().error());
        science.add(source.epoch().scienceFlux(), source.epoch().scienceError());
    }

    void add(Epoch epoch) {
        forced.add(epoch.flux(), epoch.error());
    }

    int count() {
        return difference.count;
    }

    /** psfFluxMean to fpFluxMeanErr. */
    void writeMeans(AvroBuffer out) {
        out.someFloat32(difference.mean());
        out.someFloat32(difference.error());
        out.someFloat32(sigma());
        out.number(count());
        out.someFloat32(forced.mean());
        out.someFloat32(forced.error());
    }

    /** scienceFluxMean and its error. */
    void writeScience(AvroBuffer out) {
        out.someFloat32(science.mean());
        out.someFloat32(science.error());
    }

    /** psfFluxMin to psfFluxErrMean. */
    void writeRange(AvroBuffer out) {
        out.someFloat32(min);
        out.someFloat32(max);
        out.someFloat32(maxSlope);
        out.someFloat32(count() == 0 ? Double.NaN : sumOfErrors / count());
    }

    private double sigma() {
        if (count() < 2) {
            return Double.NaN;
        }
        double variance = (sumOfSquares - sum * sum / count()) / (count() - 1);
        return StrictMath.sqrt(Math.max(0, variance));
    }

    /** A mean weighted by inverse variance. */
    private static final class Mean {
        private int count;
        private double weights;
        private double weighted;

        void add(double value, double error) {
            double weight = 1 / (error * error);
            count++;
            weights += weight;
            weighted += weight * value;
        }

        double mean() {
            return count == 0 ? Double.NaN : weighted / weights;
        }

        double error() {
            return count == 0 ? Double.NaN : 1 / StrictMath.sqrt(weights);
        }
    }
}
