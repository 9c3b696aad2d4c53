package io.alertstream.server;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.ArchiveLayout;
import io.alertstream.archive.ArchiveSettings;
import io.alertstream.archive.Origin;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.server.limits.ClientSettings;
import io.alertstream.server.limits.Limits;
import io.alertstream.server.overview.OverviewSettings;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.StoreLocation.Access;
import io.alertstream.storage.file.FileLocation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An archive in files, and the server in front of it. */
final class ServedArchive implements AutoCloseable {

    static final long ID = 7912941781254298L;

    /** No share for each client, since all requests of a test come from one address. */
    static final ClientSettings ONE_CLIENT = new ClientSettings(100, List.of());

    /** Without Kafka. */
    static final OverviewSettings NO_OVERVIEW =
            OverviewSettings.read(new SettingsReader(List.of(new SettingValues("test", Map.of("ROLE", "server")))));

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ArchiveSettings settings;
    final AlertArchive archive;
    final ServerVerticle server;

    ServedArchive(Path directory, Limits limits) {
        this(directory, limits, ArchiveLayout.V1);
    }

    ServedArchive(Path directory, Limits limits, ArchiveLayout layout) {
        this(directory, limits, layout, ONE_CLIENT, NO_OVERVIEW);
    }

    ServedArchive(Path directory, Limits limits, OverviewSettings overview) {
        this(directory, limits, ArchiveLayout.V1, ONE_CLIENT, overview);
    }

    ServedArchive(Path directory, Limits limits, ClientSettings clients) {
        this(directory, limits, ArchiveLayout.V1, clients, NO_OVERVIEW);
    }

    private ServedArchive(
            Path directory, Limits limits, ArchiveLayout layout, ClientSettings clients, OverviewSettings overview) {
        settings = new ArchiveSettings(
                new FileLocation(directory.resolve("alerts")),
                new FileLocation(directory.resolve("schemas")),
                Access.READ_WRITE,
                layout);
        mount(directory);
        archive = AlertArchive.open(vertx, settings);
        server = new ServerVerticle(
                new ServerSettings("127.0.0.1", 0, clients, settings.readOnly(), AlertProfile.lsst(), overview),
                limits,
                new Ops(new Readiness(), meters, fatal -> {}));
        await(vertx.deployVerticle(server));
    }

    private static void mount(Path directory) {
        try {
            Files.createDirectories(directory.resolve("alerts"));
            Files.createDirectories(directory.resolve("schemas"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.port();
    }

    /** Puts an alert of that many bytes into the archive. */
    byte[] put(long id, int bytes) {
        byte[] packet = new byte[bytes];
        new Random(id).nextBytes(packet);
        await(archive.putAlert(id, packet, new Origin("alerts-simulated", 0, 17, 900)));
        return packet;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing within 20 s", e);
        }
    }

    @Override
    public void close() {
        await(archive.close());
        await(vertx.close());
    }
}
