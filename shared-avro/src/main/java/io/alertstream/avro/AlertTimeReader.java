package io.alertstream.avro;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Reads the time of an alert, the middle of its exposure, from its Avro binary. Stateless. */
final class AlertTimeReader {

    /** The name since v6 of the survey's schemas, and that of before. */
    private static final List<String> NAMES = List.of("midpointMjdTai", "midPointTai");

    private final Optional<FieldRoute> route;

    private AlertTimeReader(Optional<FieldRoute> route) {
        this.route = route;
    }

    /**
     * A reader for a schema, which needn't have times.
     *
     * @throws NotAnAlertException if it has, but not as a double
     */
    static AlertTimeReader of(Schema writer) {
        return new AlertTimeReader(NAMES.stream()
                .flatMap(name ->
                        FieldRoute.to(writer, List.of("diaSource", name), EnumSet.of(Schema.Type.DOUBLE)).stream())
                .findFirst());
    }

    /**
     * The time as {@link Alert#mjdTai}: 0 if the schema has none.
     *
     * @throws NotAnAlertException if the schema has one and this alert doesn't
     */
    double read(AvroCursor in) {
        if (route.isEmpty()) {
            return 0;
        }
        route.get().walk(in);
        double mjdTai = in.readDouble();
        if (!Double.isFinite(mjdTai)) {
            throw new NotAnAlertException("expected the time of an alert in days, got %s".formatted(mjdTai));
        }
        return mjdTai;
    }
}
