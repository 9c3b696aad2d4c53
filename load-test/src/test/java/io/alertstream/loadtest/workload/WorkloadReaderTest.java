package io.alertstream.loadtest.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertstream.loadtest.workload.Workload.Consume;
import io.alertstream.loadtest.workload.Workload.Follow;
import io.alertstream.loadtest.workload.Workload.Produce;
import io.alertstream.loadtest.workload.Workload.Read;
import io.alertstream.loadtest.workload.Workload.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadReaderTest {

    @Test
    void everyFieldIsRead() {
        Workload workload = read("""
                about: All of it.
                warmUp: 2s
                duration: PT1M
                produce:
                  visitAlerts: 100
                  every: 5s
                  spread: 500ms
                  alerts: 1000
                  packets: some/visit.avro
                  acks: 1
                  compression: zstd
                  batch: 64KiB
                  linger: 0s
                consume: {groups: 3, members: 2, from: earliest}
                follow: {share: 0.5, group: archive, patience: 3s}
                read: {connections: 64, rate: 2.5, encoding: identity, alerts: 7}
                catchUp: {group: archive, patience: 4m}
                watch: {groups: [archive, other], cycle: 10s}
                """);
        assertThat(workload)
                .isEqualTo(new Workload(
                        "test",
                        "All of it.",
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1),
                        Optional.of(new Produce(
                                new Schedule.Visits(100, Duration.ofSeconds(5), Duration.ofMillis(500)),
                                1000,
                                Optional.of(Path.of("some/visit.avro")),
                                "1",
                                "zstd",
                                65_536,
                                Duration.ZERO)),
                        Optional.of(new Consume(3, 2, true)),
                        Optional.of(new Follow(0.5, "archive", Duration.ofSeconds(3))),
                        Optional.of(new Read(64, new Schedule.Rate(2.5), false, 7)),
                        Optional.of(new Workload.CatchUp("archive", Duration.ofMinutes(4))),
                        Optional.of(new Workload.Watch(List.of("archive", "other"), Duration.ofSeconds(10)))));
    }

    @Test
    void omittedFieldsHaveDefaults() {
        Workload workload = read("produce: {}");
        assertThat(workload.duration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(workload.warmUp()).isZero();
        assertThat(workload.produce())
                .contains(new Produce(
                        new Schedule.FullSpeed(), 0, Optional.empty(), "all", "none", 1 << 20, Duration.ofMillis(5)));
        assertThat(workload.consume()).isEmpty();
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThat(problems("""
                duration: soon
                produce: {acks: most, batch: 1GiB, rate: -3, speed: 1}
                consume: {groups: 0}
                read: {connections: many, encoding: zip}
                watch: {}
                other: 1
                """))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("duration", "PT24H", "\"soon\""),
                        problem -> assertThat(problem).contains("produce.acks", "all, 1 or 0", "\"most\""),
                        problem -> assertThat(problem).contains("produce.batch", "1MiB", "\"1GiB\""),
                        problem -> assertThat(problem).contains("produce.rate", "more than 0", "-3"),
                        problem -> assertThat(problem).contains("produce.speed", "no such field", "visitAlerts"),
                        problem -> assertThat(problem).contains("consume.groups", "1 to 1000", "0"),
                        problem -> assertThat(problem).contains("read.connections", "whole number", "\"many\""),
                        problem -> assertThat(problem).contains("read.encoding", "gzip or identity", "\"zip\""),
                        problem -> assertThat(problem).contains("watch.groups", "list of names"),
                        problem -> assertThat(problem).contains("other", "no such field"));
    }

    @Test
    void contradictionsAreReported() {
        assertThat(problems("produce: {rate: 3, visitAlerts: 10}"))
                .singleElement()
                .asString()
                .contains("either rate");
        assertThat(problems("produce: {every: 3s}")).singleElement().asString().contains("produce.visitAlerts");
        assertThat(problems("consume: {}\nfollow: {}"))
                .singleElement()
                .asString()
                .contains("follow", "produce");
        assertThat(problems("duration: 3s")).singleElement().asString().contains("nothing to do");
    }

    @Test
    void aFileThatIsNotYamlIsReported() {
        assertThat(problems("produce: {")).singleElement().asString().contains("not YAML");
        assertThat(problems("duration: 1s\nduration: 2s\nproduce: {}"))
                .singleElement()
                .asString()
                .contains("not YAML");
        assertThat(problems("- 1")).first().asString().contains("expected fields");
        assertThat(problems("produce: 5")).first().asString().contains("produce: expected fields");
    }

    @Test
    void bundledWorkloadsAreValid() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("workloads"))) {
            assertThat(files.map(String::valueOf).map(Workloads::find))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(workload -> assertThat(workload.about()).isNotBlank());
        }
        assertThat(Workloads.find("ordinary-visit").name()).isEqualTo("ordinary-visit");
    }

    @Test
    void anUnknownNameIsReported() {
        assertThat(catchThrowableOfType(InvalidWorkloadException.class, () -> Workloads.find("no-such")))
                .hasMessageContaining("no-such")
                .hasMessageContaining("ordinary-visit");
    }

    private static Workload read(String yaml) {
        return WorkloadReader.read("test", "test.yaml", yaml);
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(InvalidWorkloadException.class, () -> read(yaml))
                .problems();
    }
}
