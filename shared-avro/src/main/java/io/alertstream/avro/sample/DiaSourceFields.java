package io.alertstream.avro.sample;

/** Writes a source as the record {@code lsst.v11_1.diaSource}: field by field, in the schema's order. */
final class DiaSourceFields {

    /** The schema's code for the method that measured a trail. */
    private static final int HSM_SHAPE = 2;

    private static final double HALF_TURN = 180;

    private DiaSourceFields() {}

    static void write(Detection source, AvroBuffer out) {
        Epoch epoch = source.epoch();
        Pointing.Place place = source.place();
        double skyError = source.skyError();
        out.number(source.id());
        out.number(source.exposure().visit());
        out.number(place.pixel().detector());
        // The survey writes 0, not null, for a missing id.
        out.someNumber(source.objectId());
        out.someNumber(source.asteroidId());
        out.someNumber(0); // parentDiaSourceId: nothing is deblended here
        out.float64(source.mjdTai());
        out.someFloat32(Exposure.SECONDS);
        out.float64(place.ra());
        out.someFloat32(skyError); // raErr: on the sky, not of the coordinate
        out.float64(place.dec());
        out.someFloat32(skyError);
        out.someFloat32(0.05 * skyError * skyError); // ra_dec_Cov
        out.float32(place.pixel().column());
        out.someFloat32(source.positionError());
        out.float32(place.pixel().row());
        out.someFloat32(source.positionError());
        out.flag(false); // centroid_flag
        out.someFloat32(source.aperture());
        out.someFloat32(source.apertureError());
        out.flagsDown(2); // apFlux_flag, apFlux_flag_apertureTruncated
        fluxes(source, out);
        trail(source, out);
        dipole(source, out);
        out.someFloat32(epoch.scienceFlux());
        out.someFloat32(epoch.scienceError());
        out.flagsDown(3); // forced_PsfFlux_flag, _edge, _noGoodPixels
        out.someFloat32(epoch.templateFlux());
        out.someFloat32(source.exposure().templateError());
        shape(source, out);
        out.someFloat32(source.reliability());
        out.someText(Reliability.VERSION);
        out.someText(source.exposure().band().letter());
        out.flag(source.isDipole());
        out.flag(source.isDipole()); // dipoleFitAttempted
        out.float64(source.timeProcessed());
        out.none(); // timeWithdrawnMjdTai
        out.number(2 * (int) (2.5 * source.exposure().seeing() / 2) + 1); // bboxSize
        pixelFlags(source, out);
        out.flag(false); // glint_trail
    }

    private static void fluxes(Detection source, AvroBuffer out) {
        Epoch epoch = source.epoch();
        out.flag(epoch.flux() < 0); // isNegative
        out.someFloat32(source.snr());
        out.someFloat32(epoch.flux());
        out.someFloat32(epoch.error());
        out.none(); // psfLnL
        out.someFloat32(source.chi2());
        out.number(Detection.PIXELS);
        out.flagsDown(3); // psfFlux_flag, _edge, _noGoodPixels
    }

    /** A streak is fitted to every source but dipoles, although few are streaks; its errors aren't computed yet. */
    private static void trail(Detection source, AvroBuffer out) {
        if (Double.isNaN(source.trail())) {
            out.none(11); // trailFlux to trailChi2
            out.number(0); // trailNdata
            out.none(); // trailAlgorithm
        } else {
            out.someFloat32(1.1 * source.epoch().flux());
            out.someFloat32(0.1 * source.epoch().error());
            out.someFloat64(source.place().ra());
            out.none(); // trailRaErr
            out.someFloat64(source.place().dec());
            out.none(); // trailDecErr
            out.someFloat32(source.trail());
            out.none(); // trailLengthErr
            out.someFloat32(source.angle() > HALF_TURN ? source.angle() - 2 * HALF_TURN : source.angle());
            out.none(2); // trailAngleErr, trailChi2
            out.number(0); // trailNdata
            out.someNumber(HSM_SHAPE);
        }
        out.flag(false); // trail_flag_edge
        out.flag(false); // trail_flag
    }

    private static void dipole(Detection source, AvroBuffer out) {
        if (source.isDipole()) {
            out.someFloat32(source.dipole());
            out.someFloat32(source.epoch().error());
            out.someFloat32(0); // dipoleFluxDiff: the lobes are fitted with the same flux
            out.someFloat32(2 * source.epoch().error());
            out.someFloat32(source.dipoleLength() * FocalPlane.ARCSEC_PER_PIXEL);
            out.someFloat32(source.angle());
            out.someFloat32(0.98 * source.chi2());
        } else {
            out.none(7); // dipoleMeanFlux to dipoleChi2
        }
        out.number(0); // dipoleNdata
    }

    private static void shape(Detection source, AvroBuffer out) {
        double sharpness = source.cosmicRay() ? 0.3 : 1;
        Psf psf = source.psf();
        out.someFloat32(source.isDipole() ? Double.NaN : sharpness * psf.ixx() * (1 + 1 / source.snr()));
        out.someFloat32(source.isDipole() ? Double.NaN : sharpness * psf.iyy() * (1 - 1 / source.snr()));
        out.someFloat32(source.isDipole() ? Double.NaN : psf.ixy());
        out.someFloat32(psf.ixx());
        out.someFloat32(psf.iyy());
        out.someFloat32(psf.ixy());
        out.flag(source.isDipole()); // shape_flag
        out.flagsDown(3); // shape_flag_no_pixels, _not_contained, _parent_source
        out.someFloat32(source.isDipole() ? Double.NaN : Math.min(1, 2.5 / source.snr())); // extendedness
    }

    private static void pixelFlags(Detection source, AvroBuffer out) {
        out.flagsDown(2); // pixelFlags, pixelFlags_bad
        out.flag(source.cosmicRay()); // pixelFlags_cr
        out.flag(source.cosmicRay()); // pixelFlags_crCenter
        out.flagsDown(3); // pixelFlags_edge, _nodata, _nodataCenter
        out.flag(source.cosmicRay()); // pixelFlags_interpolated
        out.flag(source.cosmicRay()); // pixelFlags_interpolatedCenter
        out.flagsDown(11); // pixelFlags_offimage to pixelFlags_injected_templateCenter
    }
}
