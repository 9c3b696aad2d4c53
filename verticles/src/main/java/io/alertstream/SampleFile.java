package io.alertstream;

import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.SettingsSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.file.CodecFactory;

/** Writes the sample visit to a file, for whoever wants one: {@code --write-sample FILE}. */
final class SampleFile {

    private SampleFile() {}

    /**
     * Writes {@code SAMPLE_ALERTS} alerts as an Avro object container file, with the one compression that every Avro
     * library knows.
     *
     * @return what was written, for people
     * @throws IOException if the file exists already or can't be written
     */
    static String write(String name, Map<String, String> environment) throws IOException {
        int alerts = SettingsReader.read(
                SettingsSources.withoutConfigMap(environment), in -> in.get(Settings.SAMPLE_ALERTS));
        Path file = Path.of(name);
        SampleVisit.of(alerts).writeTo(file, CodecFactory.deflateCodec(1));
        return "%,d alerts in %s, %.1f MB".formatted(alerts, name, Files.size(file) / 1e6);
    }
}
