package io.alertstream.loadtest.baseline;

import io.alertstream.loadtest.load.Cluster;
import io.alertstream.loadtest.load.LoadTestException;
import io.alertstream.loadtest.load.ProducerSettings;
import io.alertstream.loadtest.packets.PacketMint;
import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Figure.Better;
import io.alertstream.loadtest.target.Targets;
import io.alertstream.loadtest.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All baselines, one after the other. */
public final class Baselines {

    private static final int PACKETS = 256;
    /** How many writes a disk's journal combines. */
    private static final int STORE_THREADS = 16;

    private final Targets targets;
    private final Cluster cluster;
    private final Settings settings;
    private final Consumer<String> live;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * The extent of the baselines.
     *
     * @param records that each tool sends or receives
     * @param time per loop
     * @param directory for stored objects
     * @param bucket for stored objects, if the archive is a bucket
     * @param produce the workload's packets and settings of Kafka's producer
     */
    public record Settings(
            long records, Duration time, Path directory, Optional<Bucket> bucket, Optional<Workload.Produce> produce) {

        /** The settings that affect the figures, for a report. */
        public Map<String, String> shown() {
            Map<String, String> shown = new LinkedHashMap<>();
            shown.put("baseline.records", String.valueOf(records));
            shown.put("baseline.time", time.toSeconds() + " s");
            shown.put("baseline.directory", directory.toString());
            shown.put("baseline.bucket", bucket.map(Bucket::toString).orElse("none"));
            shown.put("baseline.codec", Gzip.codec());
            return shown;
        }
    }

    public Baselines(Targets targets, Cluster cluster, Settings settings, Consumer<String> live) {
        this.targets = targets;
        this.cluster = cluster;
        this.settings = settings;
        this.live = live;
    }

    /** Runs them. */
    public List<Figure> execute() throws InterruptedException, IOException {
        PacketMint mint = PacketMint.of(settings.produce().flatMap(Workload.Produce::file), targets.schemaId());
        List<byte[]> packets =
                Stream.generate(() -> mint.next().packet()).limit(PACKETS).toList();
        int bytes = (int)
                packets.stream().mapToInt(packet -> packet.length).average().orElseThrow();
        figures.add(new Figure("packet", bytes, "B", Better.NEITHER));
        kafka(bytes);
        clients(packets);
        archive(packets);
        ingestSum();
        return figures;
    }

    /** In separate topics, since their records aren't alerts, with as many partitions. */
    private void kafka(int recordBytes) {
        String run = "baseline-" + UUID.randomUUID().toString().substring(0, 8);
        String first = "load-test-" + run + "-1";
        String second = "load-test-" + run + "-2";
        String group = targets.groupPrefix() + "-" + run;
        int partitions = cluster.partitions(targets.topic()).size();
        Map<String, String> producer = ProducerSettings.of(settings.produce());
        cluster.create(first, partitions);
        cluster.create(second, partitions);
        try {
            KafkaTools tools = new KafkaTools(targets.kafka());
            live.accept("baseline: Kafka's producer tool");
            rate(
                    "producer",
                    tools.produce(first, settings.records(), recordBytes, producer)
                            .join());
            live.accept("baseline: Kafka's consumer tool");
            rate(
                    "consumer",
                    tools.consume(first, group + "-1", settings.records()).join());
            live.accept("baseline: Kafka's producer and consumer tools together");
            CompletableFuture<Double> both = tools.produce(second, settings.records(), recordBytes, producer);
            CompletableFuture<Double> consumed = tools.consume(first, group + "-2", settings.records());
            rate("both.producer", both.join());
            rate("both.consumer", consumed.join());
        } finally {
            cluster.forget(List.of(group + "-1", group + "-2"));
            delete(first);
            delete(second);
        }
    }

    /** Kafka's client against vertx-kafka-client. */
    private void clients(List<byte[]> packets) {
        String topic = "load-test-clients-" + UUID.randomUUID().toString().substring(0, 8);
        cluster.create(topic, cluster.partitions(targets.topic()).size());
        try (ClientPair pair = new ClientPair(targets.kafka(), packets, settings.records())) {
            live.accept("baseline: Kafka's client and vertx-kafka-client, in turn");
            ClientPair.Rates produced = pair.produce(topic, ProducerSettings.of(settings.produce()));
            rate("client.producer", produced.client());
            rate("wrapper.producer", produced.wrapper());
            ClientPair.Rates consumed = pair.consume(cluster.partitions(topic));
            rate("client.consumer", consumed.client());
            rate("wrapper.consumer", consumed.wrapper());
        } finally {
            delete(topic);
        }
    }

    /** A failure to delete a topic must not lose the figures. */
    private void delete(String topic) {
        try {
            cluster.delete(topic);
        } catch (LoadTestException e) {
            warn(e.getMessage());
        }
    }

    private static void warn(String text) {
        System.err.println(text);
    }

    private void archive(List<byte[]> packets) throws InterruptedException, IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        live.accept("baseline: gzip with " + Gzip.codec() + " on " + cores + " cores");
        rate("gzip", Loop.perSecond(cores, settings.time(), number -> Gzip.deflate(packet(packets, number))));
        List<byte[]> compressed = packets.stream().map(Gzip::deflate).toList();
        live.accept("baseline: gunzip");
        rate("gunzip", Loop.perSecond(cores, settings.time(), number -> Gzip.inflate(packet(compressed, number))));
        live.accept("baseline: storing in " + settings.directory());
        try (StoreLoop store = new StoreLoop(settings.directory(), compressed)) {
            rate("store", Loop.perSecond(STORE_THREADS, settings.time(), store::store));
            live.accept("baseline: reading files");
            rate("file-read", Loop.perSecond(cores, settings.time(), store::read));
        }
        if (settings.bucket().isPresent()) {
            Bucket bucket = settings.bucket().get();
            live.accept("baseline: storing in " + bucket);
            try (BucketLoop loop = new BucketLoop(bucket, compressed, Baselines::warn)) {
                rate("bucket", Loop.perSecond(STORE_THREADS, settings.time(), loop::store));
                live.accept("baseline: deleting from " + bucket);
            }
        }
    }

    private static byte[] packet(List<byte[]> packets, long number) {
        return packets.get((int) (number % packets.size()));
    }

    /** Consuming, compressing and storing in sequence: the sum of their times per alert. */
    private void ingestSum() {
        double seconds = Stream.of("consumer", "gzip", settings.bucket().isPresent() ? "bucket" : "store")
                .mapToDouble(name -> 1 / value(name + ".rate"))
                .sum();
        rate("ingest-sum", 1 / seconds);
    }

    private double value(String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .mapToDouble(Figure::value)
                .findFirst()
                .orElseThrow();
    }

    private void rate(String name, double perSecond) {
        figures.add(new Figure(name + ".rate", perSecond, "alerts/s", Better.HIGHER));
    }
}
