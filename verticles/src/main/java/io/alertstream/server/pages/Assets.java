package io.alertstream.server.pages;

import io.alertstream.archive.Crc32c;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Files used by pages: only those that {@code assets.properties} lists. */
public final class Assets {

    private static final String LIST = "/pages/assets.properties";

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Asset> byName;

    /**
     * A file.
     *
     * @param version changes with the bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
    public record Asset(String mediaType, String version, byte[] bytes) {}

    private Assets(Map<String, Asset> byName) {
        this.byName = byName;
    }

    /** Reads them from the class path. */
    public static Assets load() {
        Properties list = new Properties();
        try (InputStream in = open(LIST)) {
            list.load(in);
            Map<String, Asset> assets = new TreeMap<>();
            for (String name : list.stringPropertyNames()) {
                assets.put(name, read(name, list.getProperty(name)));
            }
            return new Assets(assets);
        } catch (IOException e) {
            throw new UncheckedIOException(LIST, e);
        }
    }

    private static Asset read(String name, String resource) throws IOException {
        try (InputStream in = open(resource)) {
            byte[] bytes = in.readAllBytes();
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            return new Asset(type, Crc32c.text(Crc32c.of(bytes)), bytes);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = Assets.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("no " + resource + " on the class path");
        }
        return in;
    }

    /** All files by name, each converted. */
    public <T> Map<String, T> all(Function<Asset, T> as) {
        Map<String, T> all = new TreeMap<>();
        byName.forEach((name, asset) -> all.put(name, as.apply(asset)));
        return all;
    }

    /** The address of each file by name; a changed file has another address. */
    Map<String, String> addresses() {
        return byName.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, Assets::address));
    }

    private static String address(Map.Entry<String, Asset> asset) {
        return "/assets/" + asset.getKey() + "?v=" + asset.getValue().version();
    }
}
