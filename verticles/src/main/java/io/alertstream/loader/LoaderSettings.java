package io.alertstream.loader;

import io.alertstream.avro.AlertSourceException;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.sample.SampleNight;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.registry.SchemaIdSource;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.StreamProfile;
import io.alertstream.settings.StreamSample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The loader's settings.
 *
 * @param alertsFile the visit's file; empty: {@code sample}
 * @param sample the sample visit, or the first of a night
 * @param nightVisits number of sample visits; empty: one visit that isn't marked as part of a night
 * @param profile where the file's alerts hold their id and time
 * @param schemaDir the catalog's directory; empty: the bundled schemas
 * @param subject where the schema is looked up if the registry assigns its id
 * @param visitSpread the time over which the visit's alerts are spread evenly, in order; empty: their own times
 */
public record LoaderSettings(
        KafkaSettings kafka,
        RegistrySettings registry,
        String staticTopic,
        Optional<Path> alertsFile,
        AlertProfile profile,
        SampleVisit sample,
        Optional<Integer> nightVisits,
        AlertsSchema alertsSchema,
        SchemaIdSource schemaId,
        Optional<Path> schemaDir,
        String subject,
        Optional<Duration> visitSpread) {

    /** Estimated bytes of a sample, and of its largest visit. */
    public record SampleSize(long bytes, long largestVisitBytes) {}

    /** The longest time from a visit's first alert to its last: several hundred times that of a real one. */
    static final Duration MAX_SPAN = Duration.ofHours(1);

    /** Size of a file that is read in less than a second. */
    private static final long QUICKLY_READ_BYTES = 64 << 20;

    public static LoaderSettings read(SettingsReader in) {
        Optional<Duration> visitSpread = in.get(Settings.VISIT_SPREAD);
        if (visitSpread.isPresent() && visitSpread.get().compareTo(MAX_SPAN) > 0) {
            in.refuse(Settings.VISIT_SPREAD, "at most " + MAX_SPAN.toSeconds() + "s, the longest that a visit may be");
        }
        Optional<Path> alertsFile = in.file(Settings.ALERTS_FILE);
        Optional<Integer> nightVisits = in.get(Settings.SAMPLE_NIGHT);
        if (alertsFile.isPresent() && nightVisits.isPresent()) {
            in.refuse(Settings.SAMPLE_NIGHT, "nothing, unless ALERTS_FILE is empty: only sample visits form a night");
        }
        return new LoaderSettings(
                KafkaSettings.read(in),
                RegistrySettings.read(in),
                in.get(Settings.STATIC_TOPIC),
                alertsFile,
                StreamProfile.read(in),
                StreamSample.read(in),
                nightVisits,
                in.get(AlertsSchema.SETTING),
                in.get(SchemaIdSource.SETTING),
                in.directory(Settings.SCHEMA_DIR),
                in.get(Settings.SCHEMA_SUBJECT),
                visitSpread);
    }

    /** The night to load, if it isn't a single visit. */
    Optional<SampleNight> sampleNight() {
        return nightVisits.map(visits -> SampleNight.of(visits, sample));
    }

    /** What is loaded, for people. */
    String source() {
        return alertsFile.map(Path::toString).orElseGet(() -> nightVisits
                .map("a sample night of %d visits"::formatted)
                .orElse("a sample visit"));
    }

    /** The estimated size of the sample; empty if a file is loaded. */
    public Optional<SampleSize> sampleSize() {
        if (alertsFile.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(sampleNight()
                .map(night -> new SampleSize(night.bytes(), night.largestVisitBytes()))
                .orElse(new SampleSize(sample.bytes(), sample.bytes())));
    }

    /**
     * Opens the file and the schemas that the settings name, encodes the file's first alert in the target schema, and
     * reads a file of up to 64 MiB to its end. For a larger one, which the load reads anyway, only the last bytes are
     * checked. Blocks; needs neither Kafka nor a registry, so it can be called before anything is started.
     *
     * @throws InvalidSettingsException with every problem of {@code ALERTS_FILE}, {@code ALERTS_SCHEMA} and {@code
     *     SCHEMA_DIR}
     */
    public void check() {
        VisitSource source = VisitSource.open(this);
        if (alertsFile.isEmpty() || alertsFile.get().toFile().length() > QUICKLY_READ_BYTES) {
            return;
        }
        try {
            source.read(this, () -> false);
        } catch (AlertSourceException e) {
            throw VisitSource.unusable(this, "a file whose alerts can all be replayed", e);
        }
    }
}
