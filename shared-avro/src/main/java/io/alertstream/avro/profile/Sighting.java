package io.alertstream.avro.profile;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.generic.IndexedRecord;

/**
 * A measurement of a source on the sky, independent of schema. Values missing from the packet are empty.
 *
 * @param id of the measurement, which is that of its alert
 * @param mjdTai middle of the exposure
 * @param ra degrees, ICRS; likewise the declination
 * @param flux on the difference image, nJy: negative where the object was fainter than in the template
 * @param totalFlux on the visit's own image, nJy
 * @param record as it is in the packet
 */
public record Sighting(
        Optional<String> id,
        OptionalDouble mjdTai,
        OptionalDouble ra,
        OptionalDouble dec,
        Optional<String> band,
        OptionalDouble flux,
        OptionalDouble fluxError,
        OptionalDouble totalFlux,
        OptionalDouble totalFluxError,
        IndexedRecord record) {

    /** The AB magnitude of 1 nJy. */
    private static final double ZERO_POINT = 31.4;

    /** Magnitudes per factor of e. */
    private static final double PER_E = 2.5 / Math.log(10);

    static Sighting of(AlertProfile profile, IndexedRecord record) {
        OptionalDouble days = AlertFields.number(record, profile.time().fields());
        OptionalDouble flux =
                AlertFields.number(record, profile.flux().difference().value());
        OptionalDouble error =
                AlertFields.number(record, profile.flux().difference().error());
        OptionalDouble magnitude =
                AlertFields.number(record, profile.magnitude().value());
        if (flux.isEmpty() && magnitude.isPresent()) {
            double size = Math.pow(10, (ZERO_POINT - magnitude.getAsDouble()) / 2.5);
            OptionalDouble magnitudeError =
                    AlertFields.number(record, profile.magnitude().error());
            flux = OptionalDouble.of(isNegative(profile, record) ? -size : size);
            error = magnitudeError.isPresent()
                    ? OptionalDouble.of(size * magnitudeError.getAsDouble() / PER_E)
                    : OptionalDouble.empty();
        }
        return new Sighting(
                AlertFields.text(record, profile.sources().id()),
                days.isPresent()
                        ? OptionalDouble.of(profile.time().scale().mjdTai(days.getAsDouble()))
                        : OptionalDouble.empty(),
                AlertFields.number(record, profile.position().ra()),
                AlertFields.number(record, profile.position().dec()),
                AlertFields.text(record, profile.band().fields())
                        .map(code -> profile.band().names().getOrDefault(code, code)),
                flux,
                error,
                AlertFields.number(record, profile.flux().total().value()),
                AlertFields.number(record, profile.flux().total().error()),
                record);
    }

    private static boolean isNegative(AlertProfile profile, IndexedRecord record) {
        return AlertFields.text(record, profile.magnitude().sign())
                .filter(sign -> !profile.magnitude().positive().contains(sign))
                .isPresent();
    }
}
