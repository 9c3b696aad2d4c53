package io.alertstream.avro.sample;

/** Writes a source as the record {@code lsst.v11_1.diaSource}: field by field, in the schema's order. */
final class DiaSourceFields {

    private static final double TRAIL_ANGLE_ERROR = 8;

    /** The schema's code for the method that measured a trail. */
    private static final int HSM_SHAPE = 2;

    private DiaSourceFields() {}

    static void write(Detection source, AvroBuffer out) {
        double skyError = source.skyError();
        out.number(source.id());
        out.number(source.exposure().visit());
        out.number(source.detector());
        id(source.objectId(), out);
        id(source.asteroidId(), out);
        out.none(); // parentDiaSourceId: nothing is deblended here
        out.float64(source.mjdTai());
        out.someFloat32(Exposure.SECONDS);
        out.float64(source.ra());
        out.someFloat32(skyError); // raErr: on the sky, not of the coordinate
        out.float64(source.dec());
        out.someFloat32(skyError);
        out.someFloat32(0.05 * skyError * skyError); // ra_dec_Cov
        out.float32(source.column());
        out.someFloat32(source.positionError());
        out.float32(source.row());
        out.someFloat32(source.positionError());
        out.flag(false); // centroid_flag
        out.someFloat32(source.aperture());
        out.someFloat32(source.apertureError());
        out.flagsDown(2); // apFlux_flag, apFlux_flag_apertureTruncated
        fluxes(source, out);
        trail(source, out);
        dipole(source, out);
        out.someFloat32(source.science().flux());
        out.someFloat32(source.science().error());
        out.flagsDown(3); // forced_PsfFlux_flag, _edge, _noGoodPixels
        out.someFloat32(source.template().flux());
        out.someFloat32(source.template().error());
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
        Stamp.Fit fit = source.difference();
        out.flag(fit.flux() < 0); // isNegative
        out.someFloat32(source.snr());
        out.someFloat32(fit.flux());
        out.someFloat32(fit.error());
        out.someFloat32(-fit.chi2() / 2); // psfLnL
        out.someFloat32(fit.chi2());
        out.number(Stamp.PIXELS);
        out.flagsDown(3); // psfFlux_flag, _edge, _noGoodPixels
    }

    private static void trail(Detection source, AvroBuffer out) {
        if (Double.isNaN(source.trail())) {
            out.none(11); // trailFlux to trailChi2
            out.number(0); // trailNdata
            out.none(); // trailAlgorithm
        } else {
            out.someFloat32(1.01 * source.difference().flux());
            out.someFloat32(1.2 * source.difference().error());
            out.someFloat64(source.ra());
            out.someFloat32(source.skyError());
            out.someFloat64(source.dec());
            out.someFloat32(source.skyError());
            out.someFloat32(source.trail());
            out.someFloat32(source.positionError() * FocalPlane.ARCSEC_PER_PIXEL);
            out.someFloat32(source.angle());
            out.someFloat32(TRAIL_ANGLE_ERROR);
            out.someFloat32(0.99 * source.difference().chi2());
            out.number(Stamp.PIXELS);
            out.someNumber(HSM_SHAPE);
        }
        out.flag(false); // trail_flag_edge
        out.flag(false); // trail_flag
    }

    private static void dipole(Detection source, AvroBuffer out) {
        if (!source.isDipole()) {
            out.none(7); // dipoleMeanFlux to dipoleChi2
            out.number(0);
            return;
        }
        out.someFloat32(source.dipole());
        out.someFloat32(source.difference().error());
        out.someFloat32(source.difference().flux());
        out.someFloat32(1.4 * source.difference().error());
        out.someFloat32(source.dipoleLength() * FocalPlane.ARCSEC_PER_PIXEL);
        out.someFloat32(source.angle());
        out.someFloat32(source.dipoleChi2());
        out.number(Stamp.PIXELS);
    }

    private static void shape(Detection source, AvroBuffer out) {
        boolean noShape = source.snr() < 7 || source.isDipole();
        double sharpness = source.cosmicRay() ? 0.3 : 1;
        Psf psf = source.psf();
        out.someFloat32(noShape ? Double.NaN : sharpness * psf.ixx() * (1 + 1 / source.snr()));
        out.someFloat32(noShape ? Double.NaN : sharpness * psf.iyy() * (1 - 1 / source.snr()));
        out.someFloat32(noShape ? Double.NaN : psf.ixy());
        out.someFloat32(psf.ixx());
        out.someFloat32(psf.iyy());
        out.someFloat32(psf.ixy());
        out.flag(noShape); // shape_flag
        out.flagsDown(3); // shape_flag_no_pixels, _not_contained, _parent_source
        out.someFloat32(noShape ? Double.NaN : Math.min(1, 0.5 / source.snr())); // extendedness
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

    private static void id(long id, AvroBuffer out) {
        if (id == 0) {
            out.none();
        } else {
            out.someNumber(id);
        }
    }
}
