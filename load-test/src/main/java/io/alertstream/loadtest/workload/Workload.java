package io.alertstream.loadtest.workload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One run: what of it is present happens at the same time.
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
     * @param alerts the most; the run ends with the last of them. 0: as many as the time holds
     * @param file an Avro container file of alerts to send again and again; empty for the sample visit's, 110 KB each
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

        /** One as soon as the one before is out of hand. */
        record FullSpeed() implements Schedule {}

        /** Evenly, at this rate per second. */
        record Rate(double perSecond) implements Schedule {}

        /** A visit at a time; its detectors give their shares at once, each at its own moment within the spread. */
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
     * @param connections the most requests under way at a time
     * @param schedule when requests are due
     * @param gzip whether the client takes the stored bytes; else the server decompresses
     * @param alerts how many different ones, in turn: few for a server that has them in memory, many for one that
     *     doesn't
     */
    public record Read(int connections, Schedule schedule, boolean gzip, int alerts) {}

    /**
     * After all is published, waits until a group has no lag.
     *
     * @param patience the most that is waited
     */
    public record CatchUp(String group, Duration patience) {}

    /**
     * Looks at the lag of other consumer groups, once a second.
     *
     * @param cycle how often each of them ought to be without lag once
     */
    public record Watch(List<String> groups, Duration cycle) {}
}
