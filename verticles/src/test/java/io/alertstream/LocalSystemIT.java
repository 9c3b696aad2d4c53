package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.local.EmbeddedBrokerAlone;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@EmbeddedBrokerAlone("it is part of what is tested")
@ExtendWith(VertxExtension.class)
class LocalSystemIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void theReplayTopicKeepsFourVisitsOfTheLoadedSize(Vertx vertx) throws Exception {
        LocalSettings settings = SettingsReader.read(
                List.of(new SettingValues(
                        "test",
                        Map.of(
                                "DATA_DIR", directory.toString(),
                                "LOCAL_KAFKA_PORT", "0",
                                "LOCAL_KAFKA_SCRAM_PORT", "0",
                                "LOCAL_REGISTRY_PORT", "0",
                                "HTTP_PORT", "0",
                                "OPS_PORT", "0"))),
                LocalSettings::read);
        LocalSystem local = new LocalSystem(vertx, settings, failure -> {});
        await(local.start());
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", local.broker().bootstrapServers()))) {
            assertThat(retention(admin)).isEqualTo(Long.toString((1L << 30) / 8));

            Bus.of(vertx).publish(new Fact.VisitLoaded("alerts-static", 10_000, 1L << 30, Duration.ZERO));

            awaitRetention(admin, Long.toString(4 * (1L << 30) / 8));
        } finally {
            await(local.close());
        }
    }

    private static void awaitRetention(Admin admin, String expected) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!retention(admin).equals(expected)) {
            assertThat(System.nanoTime()).as("retention changed in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static String retention(Admin admin) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "alerts-simulated");
        Config config = admin.describeConfigs(List.of(topic))
                .all()
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .get(topic);
        return config.get("retention.bytes").value();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
