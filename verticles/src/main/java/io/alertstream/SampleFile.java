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

/** Writes the sample visit to a file: {@code --write-sample FILE}. */
final class SampleFile {

    private SampleFile() {}

    /**
     * Writes {@code SAMPLE_ALERTS} alerts with {@code SAMPLE_HISTORY} as an Avro object container file, with a
     * compression that every Avro library can read.
     *
     * @return a summary for the user
     * @throws IOException if the file exists already or can't be written
     */
    static String write(String name, Map<String, String> environment) throws IOException {
        SampleVisit sample = SettingsReader.read(
                SettingsSources.withoutConfigMap(AllSettings.CATALOG, environment),
                in -> SampleVisit.of(in.get(Settings.SAMPLE_ALERTS)).with(in.get(Settings.SAMPLE_HISTORY)));
        Path file = Path.of(name);
        sample.writeTo(file, CodecFactory.deflateCodec(1));
        return "%,d alerts in %s, %.1f MB".formatted(sample.alerts(), name, Files.size(file) / 1e6);
    }
}
