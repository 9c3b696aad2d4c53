package io.alertstream.loader;

import io.alertstream.avro.AlertFile;
import io.alertstream.avro.AlertSource;
import io.alertstream.avro.AlertSource.Contents;
import io.alertstream.avro.AlertSourceException;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.sample.SampleNight;
import io.alertstream.avro.sample.SampleNight.NightVisit;
import io.alertstream.registry.SchemaDir;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.InvalidSettingsException.Problem;
import io.alertstream.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * The alerts to load, and the schema to write them in.
 *
 * @param night the visits among which the alerts are divided; empty for a single visit
 */
record VisitSource(AlertSource alerts, List<NightVisit> night, SchemaCatalog catalog, TargetSchema target) {

    private static final double SECONDS_PER_DAY = 86_400;

    /**
     * Opens the source that the settings name and encodes the first alert; blocks.
     *
     * @throws InvalidSettingsException with everything in the settings that can't be used
     */
    static VisitSource open(LoaderSettings settings) {
        List<Problem> problems = new ArrayList<>();
        Optional<SchemaCatalog> catalog = collecting(problems, () -> SchemaDir.open(settings.schemaDir()));
        Optional<AlertSource> alerts = collecting(problems, () -> openAlerts(settings));
        if (catalog.isEmpty() || alerts.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        TargetSchema target = TargetSchema.choose(settings.alertsSchema(), catalog.get(), alerts.get());
        try (AlertStream first = alerts.get().open(target.schema(), 0)) {
            first.next();
        } catch (AlertSourceException e) {
            throw unusable(settings, "a file whose alerts can be written in ALERTS_SCHEMA", e);
        }
        return new VisitSource(
                alerts.get(), settings.sampleNight().map(SampleNight::visits).orElse(List.of()), catalog.get(), target);
    }

    /**
     * Reads all alerts; blocks.
     *
     * @param cancelled polled on the calling thread
     * @throws AlertSourceException if one is broken, or if they span more time than a visit may
     */
    Contents read(LoaderSettings settings, BooleanSupplier cancelled) {
        Contents contents = alerts.check(cancelled);
        double spanSeconds = (contents.lastMjdTai() - contents.firstMjdTai()) * SECONDS_PER_DAY;
        if (night.isEmpty() && settings.visitSpread().isEmpty() && spanSeconds > LoaderSettings.MAX_SPAN.toSeconds()) {
            throw new AlertSourceException(
                    "the alerts span %.0f s (MJD %.5f to %.5f TAI), and a visit lasts at most %d s; VISIT_SPREAD=3s spreads them over 3 s in their order instead"
                            .formatted(
                                    spanSeconds,
                                    contents.firstMjdTai(),
                                    contents.lastMjdTai(),
                                    LoaderSettings.MAX_SPAN.toSeconds()));
        }
        return contents;
    }

    /** The headers of a load's messages. */
    AlertHeaders headers(LoaderSettings settings, Contents contents) {
        if (!night.isEmpty()) {
            return new NightOfVisits(night, settings.visitSpread());
        }
        AlertOffsets offsets = settings.visitSpread()
                .<AlertOffsets>map(spread -> new SpreadOffsets(spread, contents.alerts()))
                .orElseGet(() -> new TimeOffsets(contents.firstMjdTai()));
        return new SingleVisit(offsets, contents.alerts());
    }

    /** Bytes of the largest visit, given those of all. */
    long largestVisit(long bytes) {
        long alerts = night.stream().mapToLong(NightVisit::alerts).sum();
        long most = night.stream().mapToLong(NightVisit::alerts).max().orElse(0);
        return night.isEmpty() ? bytes : Math.round((double) bytes * most / alerts);
    }

    /**
     * Converts a failure of the source to one of the setting that names it; a sample has no such setting, and doesn't
     * fail.
     */
    static RuntimeException unusable(LoaderSettings settings, String expected, RuntimeException e) {
        return settings.alertsFile()
                .<RuntimeException>map(file ->
                        InvalidSettingsException.of(Settings.ALERTS_FILE, file, expected + "; " + e.getMessage()))
                .orElse(e);
    }

    private static <T> Optional<T> collecting(List<Problem> problems, Supplier<T> opening) {
        try {
            return Optional.of(opening.get());
        } catch (InvalidSettingsException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private static AlertSource openAlerts(LoaderSettings settings) {
        if (settings.alertsFile().isEmpty()) {
            return settings.sampleNight().<AlertSource>map(night -> night).orElseGet(settings::sample);
        }
        try {
            AlertFile file = AlertFile.open(settings.alertsFile().get(), settings.profile());
            file.requireEnd();
            requireValidDefaults(file.schema());
            return file;
        } catch (AlertSourceException e) {
            throw unusable(settings, "a file of alerts", e);
        }
    }

    /** Files with defaults of the wrong type exist, but Avro for Java can't translate or decode with them. */
    private static void requireValidDefaults(Schema schema) {
        try {
            new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(true)
                    .parse(schema.toString());
        } catch (AvroRuntimeException e) {
            throw new AlertSourceException(
                    "its schema %s isn't valid: %s".formatted(schema.getFullName(), e.getMessage()), e);
        }
    }
}
