package io.alertstream.loader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.settings.InvalidSettingsException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Files and schemas that can't be loaded, and how they are reported. */
class LoaderRefusalsTest extends LoaderFixture {

    @TempDir
    private Path directory;

    private static LoaderSettings asWritten(Path file) {
        return settings(Map.of("ALERTS_FILE", file.toString(), "ALERTS_SCHEMA", "as-written"));
    }

    private void assertRefused(LoaderSettings settings, String... words) {
        assertThatThrownBy(() -> load(settings).await(60, TimeUnit.SECONDS))
                .isInstanceOf(InvalidSettingsException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).contains(words));
        assertThat(kafka.log()).as("changes to topics").isEmpty();
    }

    @Test
    void aTooLongVisitIsRefusedWithItsSpanAndTheLimit() {
        Path halfADay = testCase("half_a_day.avro");
        assertRefused(asWritten(halfADay), "ALERTS_FILE = \"" + halfADay, "43200 s", "3600 s", "VISIT_SPREAD=3s");
        assertRefused(asWritten(testCase("two_nights.avro")), "3600 s", "VISIT_SPREAD=3s", "is as it was");
    }

    @Test
    void aTooLongVisitCanBeSpreadOverAnotherTime() throws Exception {
        LoaderSettings settings = settings(Map.of(
                "ALERTS_FILE", testCase("two_nights.avro").toString(),
                "ALERTS_SCHEMA", "as-written",
                "VISIT_SPREAD", "3s"));
        assertThat(load(settings).await(60, TimeUnit.SECONDS).alerts()).isEqualTo(2);

        assertThat(kafka.messages(TOPIC))
                .extracting(message -> new String(message.headers().last("alertsim-time-offset"), US_ASCII))
                .containsExactly("0.0", "3.0");
    }

    @Test
    void aNegativeIdIsRefused() {
        assertRefused(asWritten(testCase("idneg.avro")), "idneg.avro", "an id that isn't negative");
    }

    @Test
    void aDefaultOfTheWrongTypeIsNamedWithFieldAndFile() {
        Path file = testCase("default_null_int.avro");
        assertRefused(asWritten(file), file.toString(), "lsst.v93_1.alert", "Invalid default for field a: null");
        assertRefused(
                settings(Map.of("ALERTS_FILE", file.toString())),
                file.toString(),
                "lsst.v93_1.alert",
                "Invalid default for field a: null");
    }

    @Test
    void fileAndSchemasAreCheckedTogetherAndWithoutKafka() throws Exception {
        Path notAvro = Files.writeString(directory.resolve("notes.txt"), "no alerts");

        assertThatThrownBy(() -> settings(Map.of("ALERTS_FILE", notAvro.toString(), "SCHEMA_DIR", directory.toString()))
                        .check())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("ALERTS_FILE = \"" + notAvro)
                .hasMessageContaining("SCHEMA_DIR = \"" + directory);
        assertThatThrownBy(() -> settings(Map.of("ALERTS_SCHEMA", "77.7")).check())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("ALERTS_SCHEMA = \"77.7\": expected one of the versions [11.0");
        settings(Map.of()).check();
    }

    @Test
    void aVisitIsReadToItsEndBeforeAnythingStarts() throws Exception {
        assertNotChecked(asWritten(testCase("half_a_day.avro")), "43200 s", "VISIT_SPREAD=3s");
        assertNotChecked(asWritten(testCase("idneg.avro")), "an id that isn't negative");
        Path sample = directory.resolve("sample.avro");
        SampleVisit.of(2).writeTo(sample, CodecFactory.nullCodec());
        asWritten(sample).check();
        byte[] whole = Files.readAllBytes(sample);
        for (int length : new int[] {whole.length - 1, whole.length / 2, whole.length - 20}) {
            Files.write(sample, Arrays.copyOf(whole, length));
            assertNotChecked(asWritten(sample), "sample.avro");
        }
    }

    private static void assertNotChecked(LoaderSettings settings, String... words) {
        assertThatThrownBy(settings::check)
                .isInstanceOf(InvalidSettingsException.class)
                .satisfies(failure -> assertThat(failure.getMessage())
                        .contains("ALERTS_FILE = \"" + settings.alertsFile().orElseThrow())
                        .contains(words));
    }

    /** Only the end of a large file is checked before anything starts; a truncation is found all the same. */
    @Test
    void aTruncatedLargeVisitIsRefusedBeforeAnythingStarts() throws Exception {
        Path large = directory.resolve("large.avro");
        Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "alert", "namespace": "lsst.v1_0", "fields": [
                  {"name": "diaSourceId", "type": "long"}, {"name": "cutoutDifference", "type": "bytes"}]}
                """);
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, large.toFile());
            for (long id = 1; id <= 70; id++) {
                writer.append(new GenericRecordBuilder(schema)
                        .set("diaSourceId", id)
                        .set("cutoutDifference", ByteBuffer.allocate(1 << 20))
                        .build());
            }
        }
        asWritten(large).check();
        try (FileChannel file = FileChannel.open(large, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 1);
        }
        assertNotChecked(asWritten(large), "doesn't end with its sync marker");
    }

    /** The file's schema has one field more than the version in the directory. */
    @Test
    void fieldsThatATranslationDropsAreNamedOnce() throws Exception {
        String schema = """
                {"type": "record", "name": "alert", "namespace": "lsst.v%s", "fields": [
                  {"name": "diaSourceId", "type": "long"}%s]}
                """;
        Path schemas = Files.createDirectories(directory.resolve("schemas/1/0"));
        Files.writeString(schemas.resolve("lsst.v1_0.alert.avsc"), schema.formatted("1_0", ""));
        Path file = directory.resolve("visit.avro");
        Schema later = new Schema.Parser()
                .parse(schema.formatted("1_1", ", {\"name\": \"exposureTime\", \"type\": \"float\"}"));
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(later))) {
            writer.create(later, file.toFile());
            for (long id = 1; id <= 5; id++) {
                writer.append(new GenericRecordBuilder(later)
                        .set("diaSourceId", id)
                        .set("exposureTime", 30f)
                        .build());
            }
        }
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Loader.class);
        logger.addAppender(lines);
        load(settings(Map.of(
                        "ALERTS_FILE", file.toString(),
                        "SCHEMA_DIR", directory.resolve("schemas").toString())))
                .await(60, TimeUnit.SECONDS);
        logger.detachAppender(lines);

        assertThat(lines.list.stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .filter(line -> line.contains("dropped"))
                        .toList())
                .isEqualTo(
                        List.of(
                                "fields of lsst.v1_1.alert that lsst.v1_0.alert doesn't have are dropped: exposureTime; ALERTS_SCHEMA=as-written keeps them"));
    }
}
