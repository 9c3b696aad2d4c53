package io.alertstream.loadtest.workload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One run: the parts that are present run concurrently.
 *
 * @param name the file's name without its ending
 * @param about a sentence for people
 * @param warmUp what is due in this time after the start is done, but not measured
 * @param duration how long is measured after that, at most
 */
public record Workload(
        String name,
        String about,
        Duration warmUp,
        Duration duration,
        Optional<Produce> produce,
        Optional<Consume> consume,
        Optional<Follow> follow,
        Optional<Read> read,
        Optional<CatchUp> catchUp,
        Optional<Watch> watch) {

    /**
     * Publishes alerts, each under an id that no run has used.
     *
     * @param schedule when
     * @param alerts the limit; the run ends with the last of them. 0: as many as fit into the time
     * @param file an Avro container file of alerts to send repeatedly; empty for the sample visit's, 110 KB each
     * @param acks as Kafka's producer takes it
     * @param compression as Kafka's producer takes it
     * @param batchBytes the producer's {@code batch.size}
     * @param linger the producer's {@code linger.ms}
     */
    public record Produce(
            Schedule schedule,
            long alerts,
            Optional<Path> file,
            String acks,
            String compression,
            int batchBytes,
            Duration linger) {}

    /** When alerts or requests are due. */
    public sealed interface Schedule {

        /** Each as soon as the previous one is done. */
        record FullSpeed() implements Schedule {}

        /** Evenly, at this rate per second. */
        record Rate(double perSecond) implements Schedule {}

        /** A visit at a time; each detector sends its whole share at its own time within the spread. */
        record Visits(int alerts, Duration every, Duration spread) implements Schedule {}
    }

    /**
     * Reads the whole topic in several consumer groups.
     *
     * @param groups how many, each with all alerts
     * @param members consumers in each group
     * @param fromStart from the earliest offset, a backlog: then rates count, and no latencies are taken
     */
    public record Consume(int groups, int members, boolean fromStart) {}

    /**
     * Follows published alerts until the archive has them and HTTP serves them with the bytes that were sent.
     *
     * @param share of the alerts, more than 0 up to 1
     * @param group the archive's consumer group, whose commits say that an alert is stored
     * @param patience after which one counts as lost
     */
    public record Follow(double share, String group, Duration patience) {}

    /**
     * Reads alerts of the archive over HTTP.
     *
     * @param connections the maximum number of concurrent requests
     * @param schedule when requests are due
     * @param gzip whether the client takes the stored bytes; else the server decompresses
     * @param alerts how many distinct ones are read in turn: few to read from the server's cache, many to bypass it
     */
    public record Read(int connections, Schedule schedule, boolean gzip, int alerts) {}

    /**
     * After everything is published, waits until a group has no lag.
     *
     * @param patience the maximum wait
     */
    public record CatchUp(String group, Duration patience) {}

    /**
     * Watches the lag of other consumer groups, once a second.
     *
     * @param cycle the time within which each should once be without lag
     */
    public record Watch(List<String> groups, Duration cycle) {}
}
