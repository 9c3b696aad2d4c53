package io.alertstream.avro;

import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.profile.TimeScale;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Reads the time of an alert, the middle of its exposure, from its Avro binary. Stateless. */
final class AlertTimeReader {

    private final Optional<FieldRoute> route;
    private final TimeScale scale;

    private AlertTimeReader(Optional<FieldRoute> route, TimeScale scale) {
        this.route = route;
        this.scale = scale;
    }

    /**
     * A reader for a schema, which needn't have times.
     *
     * @throws NotAnAlertException if it has one that isn't a double
     */
    static AlertTimeReader of(Schema writer, AlertProfile profile) {
        return new AlertTimeReader(
                profile.sources().own().stream()
                        .flatMap(source -> profile.time().fields().stream().map(time -> List.of(source, time)))
                        .flatMap(path -> FieldRoute.to(writer, path, EnumSet.of(Schema.Type.DOUBLE)).stream())
                        .findFirst(),
                profile.time().scale());
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
        double days = in.readDouble();
        if (!Double.isFinite(days)) {
            throw new NotAnAlertException("expected the time of an alert in days, got %s".formatted(days));
        }
        return scale.mjdTai(days);
    }
}
