package io.alertstream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.kafka.GroupConsumer.Partition;
import io.alertstream.local.BrokerOutage;
import io.alertstream.local.EmbeddedBrokerAlone;
import io.alertstream.ops.LogFormat;
import io.alertstream.ops.Logging;
import io.alertstream.settings.LogLevel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that Kafka's consumer can't read. */
@EmbeddedBrokerAlone("it damages the broker's files")
class UnreadableIT {

    private static final String TOPIC = "unreadable";
    private static final int TOO_LARGE = 40 << 20;
    private static final int LARGER_THAN_THE_HEAP = 200 << 20;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private BrokerOutage broker;
    private KafkaClients clients;
    private Topics topics;
    private String compression = "gzip";

    /** A member in a process whose heap is smaller than a message. It prints and commits what it reads. */
    static final class SmallMember {

        private SmallMember() {}

        public static void main(String[] args) throws InterruptedException {
            // An out-of-memory error is printed instead of ending the process.
            Logging.configure(LogLevel.INFO, LogFormat.TEXT, "ingester");
            Logging.onOutOfMemory(error -> System.out.println("failed " + error));
            Vertx vertx = Vertx.vertx();
            GroupConsumer member = new KafkaClients(vertx, KafkaSettings.plaintext(args[0])).groupConsumer("small");
            Recorder recorder = new Recorder(new CopyOnWriteArrayList<>()) {
                @Override
                public void messages(List<Message> batch) {
                    for (Message message : batch) {
                        System.out.println(described(message));
                        member.commit(Map.of(new Partition(message.topic(), message.partition()), message.offset() + 1))
                                .onSuccess(done -> System.out.println("committed " + message.offset()));
                    }
                }

                @Override
                public void failed(Throwable cause) {
                    System.out.println("failed " + cause);
                }
            };
            member.subscribe(Set.of(args[1]), recorder).onFailure(Throwable::printStackTrace);
            new CountDownLatch(1).await(); // It runs until it is killed.
        }
    }

    @BeforeEach
    void open() throws Exception {
        broker = new BrokerOutage(directory);
        clients = new KafkaClients(vertx, KafkaSettings.plaintext(broker.bootstrapServers()));
        topics = clients.topics();
        Await.result(topics.createIfAbsent(TOPIC, 1, Map.of()));
    }

    @AfterEach
    void close() throws Exception {
        Await.result(topics.close());
        Await.result(vertx.close());
        broker.close();
    }

    @Test
    void aMessageThatUnpacksToMoreThanTheLimitIsSkipped() throws Exception {
        send("before", TOO_LARGE, "after");

        assertThat(readByMember()).containsExactly("0 before", "1 unreadable", "2 after");
        assertThat(readAll()).containsExactly("0 before", "1 unreadable", "2 after");
        TopicReader reader = clients.reader();
        TopicState state = Await.result(topics.state(TOPIC)).orElseThrow();
        assertThatThrownBy(() -> Await.result(reader.read(state, message -> Future.succeededFuture())))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("unreadable-0@1 can't be read");
        Await.result(reader.close());
    }

    @Test
    void aMessageThatUnpacksToMoreThanTheHeapIsSkipped() throws Exception {
        send("before", LARGER_THAN_THE_HEAP, "after");
        Process small = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallMember.class.getName(),
                        broker.bootstrapServers(),
                        TOPIC)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = small.inputReader(UTF_8)) {
            List<String> events = new ArrayList<>();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                System.out.println("small member: " + line);
                if (line.startsWith("committed 2") || line.startsWith("failed")) {
                    events.add(line);
                    break;
                }
                if (line.matches("\\d (before|after|unreadable)")) {
                    events.add(line);
                }
            }
            assertThat(events).containsExactly("0 before", "1 unreadable", "2 after", "committed 2");
        } finally {
            small.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aDamagedBatchIsSkippedOffsetByOffset() throws Exception {
        send("one");
        send("damaged");
        send("three");
        changeOnDisk(batch -> batch.put(batch.limit() - 1, (byte) ~batch.get(batch.limit() - 1)));

        assertThat(readByMember()).containsExactly("0 one", "1 unreadable", "2 three");
        assertThat(readAll()).containsExactly("0 one", "1 unreadable", "2 three");
    }

    /** The checksum is right, so Kafka's consumer unpacks it, and Snappy reports the damage as an Error. */
    @Test
    void aBatchThatSnappyCannotUnpackIsSkipped() throws Exception {
        compression = "snappy";
        send("one");
        send("damaged");
        send("three");
        changeOnDisk(batch -> {
            batch.putInt(DefaultRecordBatch.RECORD_BATCH_OVERHEAD + BatchUnpackingTest.SNAPPY_HEADER, -1);
            BatchUnpackingTest.mendChecksum(batch);
        });

        assertThat(readByMember()).containsExactly("0 one", "1 unreadable", "2 three");
        assertThat(readAll()).containsExactly("0 one", "1 unreadable", "2 three");
    }

    private List<String> readByMember() throws Exception {
        Recorder recorder = new Recorder(new CopyOnWriteArrayList<>());
        GroupConsumer member = clients.groupConsumer("member");
        Await.result(member.subscribe(Set.of(TOPIC), recorder));
        Await.until("three messages", () -> recorder.messages().size() == 3);
        assertThat(Await.result(member.lag()).messages()).isZero();
        assertThat(recorder.failures).isEmpty();
        Await.result(member.close());
        return recorder.messages().stream().map(UnreadableIT::described).toList();
    }

    private List<String> readAll() throws Exception {
        List<String> read = new ArrayList<>();
        TopicReader reader = clients.reader();
        Await.result(reader.readAll(Await.result(topics.state(TOPIC)).orElseThrow(), message -> {
            read.add(described(message));
            return Future.succeededFuture();
        }));
        Await.result(reader.close());
        return read;
    }

    private static String described(Message message) {
        return message.offset() + " "
                + (message.unreadable().isPresent() ? "unreadable" : new String(message.value(), UTF_8));
    }

    /** Sends each value in its own batch: a text as it is, a number as that many zero bytes. */
    private void send(Object... values) throws Exception {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "max.request.size",
                1 << 30,
                "buffer.memory",
                1L << 30,
                "compression.type",
                compression,
                "batch.size",
                0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Object value : values) {
                byte[] bytes = value instanceof Integer size
                        ? new byte[size]
                        : value.toString().getBytes(UTF_8);
                producer.send(new ProducerRecord<>(TOPIC, bytes)).get();
            }
        }
    }

    /** Changes the second batch in the log. */
    private void changeOnDisk(Consumer<ByteBuffer> change) throws IOException {
        Path log;
        try (var files = Files.walk(directory)) {
            log = files.filter(file -> file.toString().endsWith(TOPIC + "-0/00000000000000000000.log"))
                    .findFirst()
                    .orElseThrow();
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(8);
            long second = 12L + file.readInt();
            file.seek(second + 8);
            byte[] batch = new byte[12 + file.readInt()];
            file.seek(second);
            file.readFully(batch);
            change.accept(ByteBuffer.wrap(batch));
            file.seek(second);
            file.write(batch);
        }
    }
}
