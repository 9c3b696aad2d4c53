package io.alertstream.avro.sample;

import java.util.EnumMap;
import java.util.Map;

/** Writes an object as the record {@code lsst.v11_1.diaObject}, computed from the measurements in the packet. */
final class DiaObjectFields {

    private DiaObjectFields() {}

    /**
     * @param position the object's, see {@link #position}
     * @param withTimes whether the times of the first and the last source are known
     */
    static void write(History history, Detection now, double[] position, boolean withTimes, AvroBuffer out) {
        Map<Band, BandSummary> bands = new EnumMap<>(Band.class);
        for (Band band : Band.values()) {
            bands.put(band, new BandSummary());
        }
        double weight = weight(now);
        for (Detection source : history.detections()) {
            bands.get(source.exposure().band()).add(source);
            weight += weight(source);
        }
        bands.get(now.exposure().band()).add(now);
        for (Epoch epoch : history.forced()) {
            bands.get(epoch.visit().exposure().band()).add(epoch);
        }
        double error = 1 / StrictMath.sqrt(weight);
        out.number(history.objectId());
        out.float64(now.timeProcessed()); // validityStartMjdTai
        out.float64(position[0]);
        out.someFloat32(error); // raErr: on the sky, not of the coordinate
        out.float64(position[1]);
        out.someFloat32(error);
        out.someFloat32(0); // ra_dec_Cov
        for (BandSummary band : bands.values()) {
            band.writeMeans(out);
        }
        for (BandSummary band : bands.values()) {
            band.writeScience(out);
        }
        for (BandSummary band : bands.values()) {
            band.writeRange(out);
        }
        out.someFloat64(withTimes ? first(history, now).mjdTai() : Double.NaN);
        out.someFloat64(withTimes ? now.mjdTai() : Double.NaN);
        out.number(history.detections().size() + 1);
    }

    /**
     * Right ascension and declination of an object: the mean of its sources' positions, weighted by inverse variance.
     */
    static double[] position(History history, Detection now) {
        // Offsets from the newest source, to keep precision.
        double weights = weight(now);
        double ra = 0;
        double dec = 0;
        for (Detection source : history.detections()) {
            double weight = weight(source);
            weights += weight;
            ra += weight * (source.place().ra() - now.place().ra());
            dec += weight * (source.place().dec() - now.place().dec());
        }
        return new double[] {now.place().ra() + ra / weights, now.place().dec() + dec / weights};
    }

    private static double weight(Detection source) {
        return 1 / (source.skyError() * source.skyError());
    }

    private static Detection first(History history, Detection now) {
        return history.detections().isEmpty() ? now : history.detections().get(0);
    }
}
