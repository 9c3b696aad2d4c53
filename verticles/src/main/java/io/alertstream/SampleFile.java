package io.alertstream;

import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.SettingsSources;
import io.alertstream.settings.StreamSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.file.CodecFactory;

/** Writes the sample visit to a file: {@code --write-sample FILE}. */
final class SampleFile {

    private SampleFile() {}

    /**
     * Writes the sample visit as an Avro object container file, with a compression that every Avro library can read.
     *
     * @return a summary for the user
     * @throws IOException if the file exists already or can't be written
     */
    static String write(String name, Map<String, String> environment) throws IOException {
        SampleVisit sample = SettingsReader.read(
                SettingsSources.withoutConfigMap(AllSettings.CATALOG, environment), StreamSample::read);
        Path file = Path.of(name);
        sample.writeTo(file, CodecFactory.deflateCodec(1));
        return "%,d alerts in %s, %.1f MB".formatted(sample.alerts(), name, Files.size(file) / 1e6);
    }
}
