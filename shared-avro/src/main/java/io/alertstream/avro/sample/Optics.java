package io.alertstream.avro.sample;

/** The point spread function of a detector in a visit, with its picture: made once for all the detector's alerts. */
final class Optics {

    private final Psf psf;
    private final double[] image;

    Optics(Visit visit, int detector) {
        Deviates deviates = new Deviates(Deviates.mix(visit.exposure().visit(), detector));
        psf = new Psf(visit.exposure().seeing() * (1 + 0.03 * deviates.normal()), deviates);
        image = psf.image();
    }

    Psf psf() {
        return psf;
    }

    double[] image() {
        return image;
    }
}
