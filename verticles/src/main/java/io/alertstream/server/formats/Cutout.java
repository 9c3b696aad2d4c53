package io.alertstream.server.formats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** The small images that a packet carries, each a FITS file of its own. */
public enum Cutout {
    DIFFERENCE("cutoutDifference"),
    SCIENCE("cutoutScience"),
    TEMPLATE("cutoutTemplate");

    private final String field;

    Cutout(String field) {
        this.field = field;
    }

    /** Names of the packet's fields that hold cutouts. */
    public static List<String> fields() {
        return Arrays.stream(values()).map(Cutout::field).toList();
    }

    /** The one of that name in small letters, empty if there is no such cutout. */
    public static Optional<Cutout> named(String name) {
        return Arrays.stream(values())
                .filter(cutout -> cutout.lowerCase().equals(name))
                .findFirst();
    }

    /** Name of the packet's field that holds it. */
    public String field() {
        return field;
    }

    /** As addresses and people write it. */
    public String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The cutout's bytes, a FITS file if all is well. Empty if the packet has none: the field is null, empty, or not in
     * its schema. The first schemas held a cutout as a record, with the file in {@code stampData}.
     */
    public Optional<byte[]> of(IndexedRecord alert) {
        Object value = AlertFields.value(alert, field).orElse(null);
        Object file = value instanceof IndexedRecord stamp
                ? AlertFields.value(stamp, "stampData").orElse(null)
                : value;
        if (file instanceof ByteBuffer bytes && bytes.hasRemaining()) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return Optional.of(copy);
        }
        return Optional.empty();
    }

    /** Whether the cutout is a FITS file with a picture in it. */
    public boolean isPicture(IndexedRecord alert) {
        try {
            return of(alert).map(Pixels::of).isPresent();
        } catch (UnusableCutoutException e) {
            return false;
        }
    }
}
