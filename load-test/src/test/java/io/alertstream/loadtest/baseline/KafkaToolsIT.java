package io.alertstream.loadtest.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.loadtest.load.Cluster;
import io.alertstream.loadtest.load.ProducerSettings;
import io.alertstream.loadtest.target.Targets;
import io.alertstream.local.BrokerOptions;
import io.alertstream.local.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaToolsIT {

    @TempDir
    Path temp;

    @Test
    void kafkasToolsRunAndReportTheirRates() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(new BrokerOptions(temp, 0, 0, "alerts"))) {
            Targets targets = Targets.read(Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()));
            try (Cluster cluster = new Cluster(targets.kafka())) {
                cluster.create("baseline", 2);
                KafkaTools tools = new KafkaTools(targets.kafka());
                CompletableFuture<Double> produced =
                        tools.produce("baseline", 100, 1000, ProducerSettings.of(Optional.empty()));
                CompletableFuture<Double> consumed = tools.consume("baseline", "load-test-baseline", 100);
                assertThat(produced.get(60, TimeUnit.SECONDS)).isPositive();
                assertThat(consumed.get(60, TimeUnit.SECONDS)).isPositive();
                assertThat(cluster.committed("load-test-baseline").values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .as("with the warm-up")
                        .isEqualTo(2100);
            }
        }
    }
}
