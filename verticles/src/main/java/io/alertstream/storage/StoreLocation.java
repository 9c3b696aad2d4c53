package io.alertstream.storage;

import io.alertstream.settings.Setting;
import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.file.FileLocation;
import io.alertstream.storage.gcs.GcsLocation;
import io.alertstream.storage.s3.S3Location;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Where objects are kept, and how to reach that store. This is the only place that knows all kinds of stores. */
public interface StoreLocation {

    String FORMS = "file:PATH, gs://BUCKET or s3://BUCKET";

    /** What a store is opened for. */
    enum Access {
        /** Needs only the permission to read. */
        READ,
        READ_WRITE
    }

    /** Opens the store without accessing it: an unusable store fails requests, and works as soon as it is usable. */
    ObjectStore open(Vertx vertx, Access access);

    /** Reads a location and the settings of its kind of store. A location of unknown form is reported as a problem. */
    static StoreLocation read(SettingsReader in, Setting<String> setting) {
        Optional<StoreLocation> location = parse(in, in.get(setting));
        if (location.isEmpty()) {
            in.refuse(setting, FORMS);
            return parse(in, setting.defaultText().orElseThrow()).orElseThrow();
        }
        return location.get();
    }

    private static Optional<StoreLocation> parse(SettingsReader in, String text) {
        String rest = text.substring(text.indexOf(':') + 1);
        return switch (text.substring(0, text.length() - rest.length())) {
            case "file:" -> FileLocation.parse(rest);
            case "gs:" -> GcsLocation.parse(rest, in);
            case "s3:" -> S3Location.parse(rest, in);
            default -> Optional.empty();
        };
    }
}
