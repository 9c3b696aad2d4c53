package io.alertstream.avro.profile;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** A decoded alert, read with its survey's profile. */
public record AlertView(AlertProfile profile, IndexedRecord alert) {

    /** The measurement that the alert is about. */
    public Optional<Sighting> source() {
        return AlertFields.record(alert, profile.sources().own()).map(record -> Sighting.of(profile, record));
    }

    /** Earlier measurements of the same object. A survey's upper limits, which have neither id nor flux, are left out. */
    public List<Sighting> earlier() {
        return sightings(profile.sources().earlier()).stream()
                .filter(sighting -> sighting.id().isPresent() || sighting.flux().isPresent())
                .toList();
    }

    /** Measurements at the object's place without a detection. */
    public List<Sighting> forced() {
        return sightings(profile.sources().forced());
    }

    /** The id of the object that the alert belongs to. */
    public Optional<String> object() {
        return AlertFields.record(alert, profile.sources().own())
                .flatMap(source -> AlertFields.text(source, profile.object()))
                .or(() -> AlertFields.text(alert, profile.object()));
    }

    /**
     * The bytes of a cutout as the packet holds them: in the field itself, or in the field {@code stampData} of a record.
     *
     * @param name difference, science or template
     */
    public Optional<byte[]> cutout(String name) {
        Object value = Optional.ofNullable(profile.cutouts().get(name))
                .flatMap(field -> AlertFields.value(alert, List.of(field)))
                .orElse(null);
        Object file = value instanceof IndexedRecord stamp
                ? AlertFields.value(stamp, List.of("stampData")).orElse(null)
                : value;
        if (file instanceof ByteBuffer bytes && bytes.hasRemaining()) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return Optional.of(copy);
        }
        return Optional.empty();
    }

    private List<Sighting> sightings(List<String> names) {
        return AlertFields.records(alert, names).stream()
                .map(record -> Sighting.of(profile, record))
                .toList();
    }
}
