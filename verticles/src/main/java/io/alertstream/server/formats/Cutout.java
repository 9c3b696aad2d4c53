package io.alertstream.server.formats;

import io.alertstream.avro.profile.AlertView;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The small images in a packet, each a FITS file of its own. */
public enum Cutout {
    DIFFERENCE,
    SCIENCE,
    TEMPLATE;

    /** Names of the packet's fields that hold cutouts. */
    public static List<String> fields(AlertView alert) {
        return List.copyOf(alert.profile().cutouts().values());
    }

    /** The cutout of that name in lower case; empty if there is none. */
    public static Optional<Cutout> named(String name) {
        return Arrays.stream(values())
                .filter(cutout -> cutout.lowerCase().equals(name))
                .findFirst();
    }

    /** The name used in URLs and texts. */
    public String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The cutout's bytes, a FITS file if all is well. Empty if the packet has none: the field is null, empty, or not in its
     * schema. A file that is gzipped, as some surveys' are, is unpacked.
     *
     * @throws UnusableCutoutException if a gzipped file is damaged or unpacks into too much
     */
    public Optional<byte[]> of(AlertView alert) {
        return alert.cutout(lowerCase()).map(PackedCutout::unpack);
    }

    /** Whether the cutout is a FITS file with an image. */
    public boolean isPicture(AlertView alert) {
        try {
            return of(alert).map(Pixels::of).isPresent();
        } catch (UnusableCutoutException e) {
            return false;
        }
    }
}
