package io.alertstream.avro.sample;

/**
 * What all alerts of a detector in a visit share: the point spread functions, and the FITS extensions that hold them.
 */
final class Optics {

    /** Templates are made of the best visits. */
    private static final double TEMPLATE_SEEING = 0.85;

    private static final long PICTURE = 0x95f;
    private static final int BLOCKS = 18;

    private final Psf psf;
    private final FitsWriter visitPart = new FitsWriter(BLOCKS * FitsWriter.BLOCK);
    private final FitsWriter templatePart = new FitsWriter(BLOCKS * FitsWriter.BLOCK);

    Optics(Visit visit, int detector) {
        psf = Psf.of(visit.exposure(), detector);
        Deviates deviates = new Deviates(Deviates.mix(visit.exposure().visit() ^ PICTURE, detector));
        Cutouts.psf(visitPart, PsfImage.visit(psf, deviates));
        Psf template = new Psf(TEMPLATE_SEEING * visit.exposure().seeing() * (1 + 0.05 * deviates.normal()), deviates);
        Cutouts.psf(templatePart, PsfImage.template(template, deviates));
    }

    Psf psf() {
        return psf;
    }

    /** The extension with the point spread function, in the cutouts of the visit's image and of the difference. */
    FitsWriter visitPart() {
        return visitPart;
    }

    /** The same for the template's cutout. */
    FitsWriter templatePart() {
        return templatePart;
    }
}
