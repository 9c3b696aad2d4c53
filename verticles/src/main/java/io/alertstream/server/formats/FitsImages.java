package io.alertstream.server.formats;

import java.util.List;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCardException;

/** The parts of a cutout's file as extensions of another file, named after the cutout and explained. */
final class FitsImages {

    private static final String NAME = "EXTNAME";
    private static final String UNIT = "BUNIT";

    private FitsImages() {}

    /**
     * The parts, each with its {@code EXTNAME}.
     *
     * @throws UnusableCutoutException if the file isn't FITS
     */
    static List<BasicHDU<?>> of(Cutout cutout, byte[] file) throws HeaderCardException {
        List<BasicHDU<?>> parts = FitsParts.read(file);
        Header image = parts.get(0).getHeader();
        image.addValue(NAME, cutout.name(), null);
        for (int i = 1; i < parts.size(); i++) {
            Header part = parts.get(i).getHeader();
            String own = part.getStringValue(NAME, Integer.toString(i)).strip();
            explain(part, own, cutout, image.getStringValue(UNIT, "").strip());
            part.addValue(NAME, cutout.name() + "_" + own, null);
        }
        return parts;
    }

    /** The survey's files state neither the variance's unit nor what the other planes are. */
    private static void explain(Header part, String name, Cutout cutout, String unit) throws HeaderCardException {
        boolean variance = part.getStringValue("UTYPE", "").strip().equals("VarianceUncertainty");
        if (variance) {
            if (!unit.isEmpty() && !part.containsKey(UNIT)) {
                boolean plain = unit.chars().allMatch(Character::isLetter);
                part.addValue(UNIT, (plain ? unit : "(" + unit + ")") + "**2", "square of the image's unit");
            }
            part.insertComment("Variance of each pixel of " + cutout.name() + ": standard errors squared.");
        } else if (name.equals("PSFIMAGE")) {
            part.insertComment("Point spread function of " + cutout.name() + ".");
        }
    }
}
