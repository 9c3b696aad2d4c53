package io.alertstream.archive;

/** How the objects of the archive are named. */
final class ObjectNames {

    /** Leading digits of an id that name its folder in v2; a shorter id uses all of its digits. */
    private static final int FOLDER_DIGITS = 6;

    private final ArchiveLayout layout;

    ObjectNames(ArchiveLayout layout) {
        this.layout = layout;
    }

    /** The name under which alerts are written. */
    String alert(long id) {
        return plainAlert(id) + ".gz";
    }

    /** The name of an alert that another program stored uncompressed. */
    String plainAlert(long id) {
        if (id < 0) {
            throw new IllegalArgumentException("an alert's id is at least 0, not " + id);
        }
        String digits = Long.toString(id);
        return switch (layout) {
            case V1 -> "/alert_archive/v1/alerts/" + digits + ".avro";
            case V2 ->
                "v2/alerts/" + digits.substring(0, Math.min(FOLDER_DIGITS, digits.length())) + "/" + digits + ".avro";
        };
    }

    /** The name of a schema, whose id is an unsigned 32-bit number in the wire format. */
    String schema(int id) {
        String digits = Integer.toUnsignedString(id);
        return switch (layout) {
            case V1 -> "/alert_archive/v1/schemas/" + digits + ".json";
            case V2 -> "v2/schemas/" + digits + ".json";
        };
    }
}
