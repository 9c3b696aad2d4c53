package io.alertstream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process reports about its jobs when it is asked to stop. */
@KafkaTest
@ExtendWith(VertxExtension.class)
class StopRequestIT {

    private static final long LIMIT_SECONDS = 60;

    @ParameterizedTest
    @ValueSource(strings = {"loader", "loader,replayer", "schema-sync,loader,replayer"})
    void stoppingAnUnfinishedJobFails(String roles, TestKafka kafka, Vertx vertx) throws Exception {
        try (ServerSocket silentRegistry = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Alertstream process = process(roles, silentRegistry.getLocalPort(), kafka, vertx);
            Future<Void> ended = process.run();
            silentRegistry.accept();

            process.requestStop();

            assertThatThrownBy(() -> ended.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .hasMessageStartingWith("stopped on request before the job was done")
                    .hasMessageContaining("loader");
        }
    }

    @Test
    void stoppingBeforeRolesAreKnownFails(TestKafka kafka, Vertx vertx) throws Exception {
        Alertstream process = process("loader", 1, kafka, vertx);
        process.requestStop();

        assertThatThrownBy(() -> process.run().await(LIMIT_SECONDS, TimeUnit.SECONDS))
                .hasMessage("stopped on request before the settings were read");
    }

    private static Alertstream process(String roles, int registryPort, TestKafka kafka, Vertx vertx) {
        Map<String, String> settings = Map.of(
                "ROLE",
                roles,
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "STATIC_TOPIC",
                kafka.newTopic("static"),
                "REPLAY_TOPIC",
                kafka.newTopic("replay"),
                "SCHEMA_REGISTRY_URL",
                "http://127.0.0.1:" + registryPort,
                "OPS_PORT",
                "0");
        return new Alertstream(vertx, settings, Metrics.create());
    }
}
