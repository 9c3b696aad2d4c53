package io.alertstream.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.alertstream.settings.InvalidSettingsException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads the file that {@code CONFIG_FILE} names. */
final class SettingsFile {

    /** Far more than all settings take. */
    private static final long MAX_BYTES = 1 << 20;

    private static final ObjectReader YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(new TypeReference<Map<String, String>>() {});

    private SettingsFile() {}

    /**
     * Reads settings by name. Scalars of YAML keep their text, so that 9.10 stays 9.10.
     *
     * @throws InvalidSettingsException if the file can't be read, or isn't in the format of its extension
     */
    static Map<String, String> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw unusable(file, "a file of at most " + MAX_BYTES + " bytes");
            }
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(".properties")) {
                return properties(file);
            }
            if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                return yaml(file);
            }
            throw unusable(file, "a name that ends in .yaml, .yml or .properties");
        } catch (JsonProcessingException e) {
            throw unusable(file, "YAML of the form NAME: value; " + e.getOriginalMessage());
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(file, "a readable file; " + e);
        }
    }

    private static Map<String, String> yaml(Path file) throws IOException {
        Map<String, String> set = new HashMap<>();
        try (MappingIterator<Map<String, String>> documents = YAML.readValues(Files.readString(file))) {
            while (documents.hasNextValue()) {
                set.putAll(documents.nextValue());
            }
        }
        set.values().removeIf(value -> value == null);
        return set;
    }

    private static Map<String, String> properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    private static InvalidSettingsException unusable(Path file, String expected) {
        return new InvalidSettingsException(
                List.of(new Problem(Settings.CONFIG_FILE.name(), "= \"" + file + "\"", expected)));
    }
}
