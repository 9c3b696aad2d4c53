package io.alertstream.loadtest.workload;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.alertstream.loadtest.workload.Workload.CatchUp;
import io.alertstream.loadtest.workload.Workload.Consume;
import io.alertstream.loadtest.workload.Workload.Follow;
import io.alertstream.loadtest.workload.Workload.Produce;
import io.alertstream.loadtest.workload.Workload.Read;
import io.alertstream.loadtest.workload.Workload.Schedule;
import io.alertstream.loadtest.workload.Workload.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a workload from YAML. */
final class WorkloadReader {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Duration NONE = Duration.ZERO;
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration CYCLE = Duration.ofSeconds(37);
    private static final String INGESTER = "alertdb-ingester";
    private static final double MAX_RATE = 1_000_000;

    private final List<String> problems = new ArrayList<>();

    private WorkloadReader() {}

    static Workload read(String name, String origin, String yaml) {
        WorkloadReader reader = new WorkloadReader();
        Workload workload = null;
        try {
            JsonNode root = YAML.readTree(yaml);
            workload = reader.workload(name, new Fields("", root, reader.problems));
        } catch (JacksonException e) {
            reader.problems.add("not YAML: " + e.getOriginalMessage());
        }
        if (workload == null || !reader.problems.isEmpty()) {
            throw new InvalidWorkloadException(origin, reader.problems);
        }
        return workload;
    }

    private Workload workload(String name, Fields in) {
        Workload workload = new Workload(
                name,
                in.text("about", "", "a sentence", text -> !text.isBlank()),
                in.duration("warmUp", NONE, NONE, DAY),
                in.duration("duration", Duration.ofSeconds(30), MOMENT, DAY),
                in.part("produce").map(this::produce),
                in.part("consume").map(WorkloadReader::consume),
                in.part("follow").map(WorkloadReader::follow),
                in.part("read").map(this::read),
                in.part("catchUp").map(WorkloadReader::catchUp),
                in.part("watch").map(WorkloadReader::watch));
        in.end();
        if (List.of(workload.produce(), workload.consume(), workload.read(), workload.catchUp()).stream()
                .allMatch(Optional::isEmpty)) {
            problems.add("nothing to do: expected at least one of produce, consume, read, catchUp");
        }
        if (workload.follow().isPresent() && workload.produce().isEmpty()) {
            problems.add("follow: expected produce as well, since it follows what that publishes");
        }
        return workload;
    }

    private Produce produce(Fields in) {
        Produce produce = new Produce(
                schedule(in, true),
                in.number("alerts", 0, 1, 100_000_000),
                Optional.of(in.text("packets", "sample", "sample, or a file of alerts", text -> !text.isBlank()))
                        .filter(text -> !text.equals("sample"))
                        .map(Path::of),
                in.text("acks", "all", "all, 1 or 0", Set.of("all", "1", "0")::contains),
                in.text(
                        "compression",
                        "none",
                        "none, gzip, snappy, lz4 or zstd",
                        Set.of("none", "gzip", "snappy", "lz4", "zstd")::contains),
                in.size("batch", 1 << 20, 64 << 20),
                in.duration("linger", Duration.ofMillis(5), NONE, Duration.ofMinutes(1)));
        in.end();
        return produce;
    }

    private static Consume consume(Fields in) {
        Consume consume = new Consume(
                (int) in.number("groups", 1, 1, 1000),
                (int) in.number("members", 1, 1, 100),
                in.text("from", "latest", "latest or earliest", Set.of("latest", "earliest")::contains)
                        .equals("earliest"));
        in.end();
        return consume;
    }

    private static Follow follow(Fields in) {
        Follow follow = new Follow(
                in.decimal("share", 0.01, 0, 1),
                in.text("group", INGESTER, "a consumer group", text -> !text.isBlank()),
                in.duration("patience", Duration.ofMinutes(1), MOMENT, DAY));
        in.end();
        return follow;
    }

    private Read read(Fields in) {
        Read read = new Read(
                (int) in.number("connections", 16, 1, 10_000),
                schedule(in, false),
                in.text("encoding", "gzip", "gzip or identity", Set.of("gzip", "identity")::contains)
                        .equals("gzip"),
                (int) in.number("alerts", 1000, 1, 1_000_000));
        in.end();
        return read;
    }

    private static CatchUp catchUp(Fields in) {
        CatchUp catchUp = new CatchUp(
                in.text("group", INGESTER, "a consumer group", text -> !text.isBlank()),
                in.duration("patience", Duration.ofMinutes(10), MOMENT, DAY));
        in.end();
        return catchUp;
    }

    private static Watch watch(Fields in) {
        Watch watch = new Watch(in.texts("groups"), in.duration("cycle", CYCLE, Duration.ofSeconds(1), DAY));
        in.end();
        return watch;
    }

    private Schedule schedule(Fields in, boolean visits) {
        double rate = in.decimal("rate", 1, 0, MAX_RATE);
        if (visits) {
            int alerts = (int) in.number("visitAlerts", 10_000, 1, 1_000_000);
            Duration every = in.duration("every", CYCLE, MOMENT, DAY);
            Duration spread = in.duration(
                    "spread", Duration.ofSeconds(3).compareTo(every) < 0 ? Duration.ofSeconds(3) : every, NONE, every);
            if (in.has("visitAlerts")) {
                if (in.has("rate")) {
                    in.problem("rate", "both", "either rate or visitAlerts");
                }
                return new Schedule.Visits(alerts, every, spread);
            }
            if (in.has("every") || in.has("spread")) {
                in.problem("visitAlerts", "nothing", "the alerts of a visit, where every or spread is given");
            }
        }
        return in.has("rate") ? new Schedule.Rate(rate) : new Schedule.FullSpeed();
    }
}
