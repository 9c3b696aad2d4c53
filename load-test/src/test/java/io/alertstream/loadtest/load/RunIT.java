package io.alertstream.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.loadtest.measure.Processes;
import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.target.Targets;
import io.alertstream.loadtest.workload.Workloads;
import io.alertstream.local.BrokerOptions;
import io.alertstream.local.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One small run of everything against a real broker and a small archive. */
@Timeout(120)
class RunIT {

    private static final String TOPIC = "alerts";

    private static final String ALL = """
            warmUp: 500ms
            duration: 30s
            produce: {rate: 100, alerts: 150}
            consume: {groups: 2}
            follow: {share: 0.1, group: archive, patience: 20s}
            catchUp: {group: archive, patience: 20s}
            watch: {groups: [archive], cycle: 1s}
            """;

    private static final String READS = """
            warmUp: 0s
            duration: 500ms
            read: {connections: 4, rate: 200, encoding: identity, alerts: 50}
            """;

    private static final String BACKLOG = """
            duration: 1500ms
            consume: {groups: 1, from: earliest}
            """;

    @TempDir
    Path temp;

    @Test
    void alertsAreFollowedFromTheProducerToTheArchive() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(new BrokerOptions(temp.resolve("kafka"), 0, 0, TOPIC));
                StandInArchive archive = new StandInArchive()) {
            Targets targets = Targets.read(Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                    "ARCHIVE_URL", archive.url(),
                    "LOAD_TOPIC", TOPIC));
            try (Cluster cluster = new Cluster(targets.kafka())) {
                cluster.create(TOPIC, 2);
                archive.ingest(targets, "archive");

                Map<String, Double> all = run(targets, cluster, ALL);
                assertThat(all)
                        .containsEntry("produce.alerts", 100.0)
                        .containsEntry("produce.errors", 0.0)
                        .containsEntry("produce.omitted", 0.0)
                        .containsEntry("consume.lag.end", 0.0)
                        .containsEntry("consume.errors", 0.0)
                        .containsEntry("follow.alerts", 10.0)
                        .containsEntry("follow.lost", 0.0)
                        .containsEntry("follow.wrong", 0.0)
                        .containsEntry("follow.not-committed", 0.0)
                        .containsEntry("follow.errors", 0.0)
                        .containsEntry("catchUp.left", 0.0)
                        .containsEntry("lag.archive.end", 0.0)
                        .containsKeys("follow.archived.p99", "follow.readable.p99", "consume.latency.p99");
                // Timestamps are whole milliseconds, so the window's first alert may fall outside it.
                assertThat(all.get("consume.alerts")).isBetween(196.0, 204.0);
                assertThat(archive.asked()).as("including those of the warm-up").hasSize(15);
                assertThat(all.get("produce.throughput") / all.get("produce.rate"))
                        .isBetween(0.09, 0.13);

                assertThat(run(targets, cluster, READS))
                        .containsEntry("read.alerts", 100.0)
                        .containsEntry("read.ids", 50.0)
                        .containsEntry("read.errors", 0.0)
                        .containsEntry("read.omitted", 0.0)
                        .containsKey("read.latency.p99");

                assertThat(run(targets, cluster, BACKLOG)).containsEntry("consume.alerts", 150.0);
            }
        }
    }

    private Map<String, Double> run(Targets targets, Cluster cluster, String yaml) throws Exception {
        Path file = Files.writeString(temp.resolve("workload.yaml"), yaml);
        List<String> lines = new ArrayList<>();
        return byName(new Run(Workloads.find(file.toString()), targets, cluster, new Processes(Map.of()), lines::add)
                .execute());
    }

    private static Map<String, Double> byName(List<Figure> figures) {
        return figures.stream().collect(Collectors.toMap(Figure::name, Figure::value));
    }
}
