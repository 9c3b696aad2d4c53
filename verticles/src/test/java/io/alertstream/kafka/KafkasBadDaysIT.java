package io.alertstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.kafka.GroupConsumer.Partition;
import io.alertstream.local.BrokerOptions;
import io.alertstream.local.EmbeddedBroker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes away for some seconds and comes back on the same ports, and what else happens to topics. */
class KafkasBadDaysIT {

    private static final String TOPIC = "bad-days";
    private static final long SECONDS_AWAY = 5;

    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedBroker broker;
    private KafkaClients clients;
    private Topics topics;
    private MessageProducer producer;

    @BeforeEach
    void open() throws Exception {
        broker = EmbeddedBroker.start(new BrokerOptions(temp.resolve("kafka"), 0, 0, TOPIC));
        clients = new KafkaClients(vertx, KafkaSettings.plaintext(broker.bootstrapServers()));
        topics = clients.topics();
        producer = clients.producer(4 << 20);
        Await.result(topics.createIfAbsent(TOPIC, 1, Map.of()));
    }

    @AfterEach
    void close() throws Exception {
        Await.result(Future.join(producer.close(), topics.close()));
        broker.close();
        Await.result(vertx.close());
    }

    @Test
    void aBrokerThatIsAwayWhileWeProduceCostsNeitherLossNorDuplicates() throws Exception {
        List<Future<Position>> sent = send(0, 2_000);
        Await.until("some are on the way", () -> sent.get(0).isComplete());
        Future<Void> back = restart();
        sent.addAll(send(2_000, 4_000));
        Await.result(back);
        sent.addAll(send(4_000, 6_000));
        Await.result(Future.all(sent));
        assertThat(readAll()).containsExactlyElementsOf(numbers(0, 6_000));
    }

    @Test
    void aBrokerThatIsAwayWhileWeReadIsWaitedFor() throws Exception {
        Await.result(Future.all(send(0, 3_000)));
        TopicState state = Await.result(topics.state(TOPIC)).orElseThrow();
        List<Integer> read = new CopyOnWriteArrayList<>();
        TopicReader reader = clients.reader();
        Future<Long> reading = reader.read(state, message -> {
            read.add(number(message));
            return read.size() == 10 ? restart() : Future.succeededFuture();
        });
        assertThat(Await.result(reading)).isEqualTo(3_000);
        assertThat(read).containsExactlyElementsOf(numbers(0, 3_000));
        Await.result(reader.close());
    }

    @Test
    void aBrokerThatIsAwayWhileAGroupReadsIsWaitedForAndCommitsSucceedAgain() throws Exception {
        List<Message> received = new CopyOnWriteArrayList<>();
        Recorder recorder = new Recorder(received);
        GroupConsumer consumer = clients.groupConsumer("bad-days");
        Await.result(consumer.subscribe(Set.of(TOPIC), recorder));
        Await.result(Future.all(send(0, 100)));
        Await.until("a hundred messages", () -> received.size() == 100);
        Await.result(consumer.commit(Map.of(new Partition(TOPIC, 0), 100L)));
        Future<Void> back = restart();
        List<Future<Position>> sent = send(100, 200);
        Await.result(back);
        Await.result(Future.all(sent));
        Await.until("a hundred more", () -> received.size() >= 200);
        assertThat(received.stream().map(KafkasBadDaysIT::number)).containsExactlyElementsOf(numbers(0, 200));
        Await.until("a commit succeeds", () -> consumer.commit(Map.of(new Partition(TOPIC, 0), 200L))
                .transform(done -> Future.succeededFuture(done.succeeded()))
                .await());
        assertThat(recorder.failures).isEmpty();
        Await.result(consumer.close());
    }

    @Test
    void offsetsThatExpiredAreGoneAndTheGroupGoesOnAtTheFirstThatIsThere() throws Exception {
        Await.result(Future.all(send(0, 100)));
        GroupConsumer first = clients.groupConsumer("expired");
        Recorder recorder = new Recorder(new CopyOnWriteArrayList<>());
        Await.result(first.subscribe(Set.of(TOPIC), recorder));
        Await.until("a partition was assigned", () -> !recorder.assigned.isEmpty());
        Await.result(first.commit(Map.of(new Partition(TOPIC, 0), 10L)));
        Await.result(first.close());
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(TOPIC, 0), RecordsToDelete.beforeOffset(60)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        List<Message> received = new CopyOnWriteArrayList<>();
        GroupConsumer second = clients.groupConsumer("expired");
        Await.result(second.subscribe(Set.of(TOPIC), new Recorder(received)));
        Await.until("what is left", () -> received.size() == 40);
        assertThat(received.stream().map(KafkasBadDaysIT::number)).containsExactlyElementsOf(numbers(60, 100));
        Await.result(second.close());
    }

    @Test
    void aReaderIsToldWhenItsOffsetsExpired() throws Exception {
        Await.result(Future.all(send(0, 100)));
        TopicState state = Await.result(topics.state(TOPIC)).orElseThrow();
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(TOPIC, 0), RecordsToDelete.beforeOffset(60)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        TopicReader reader = clients.reader();
        Future<Long> reading = reader.read(state, message -> Future.succeededFuture());
        assertThatThrownBy(() -> Await.result(reading)).isInstanceOf(TopicChangedException.class);
        Await.result(reader.close());
    }

    @Test
    void partitionsThatAreAddedAreReadFromTheirBeginning() throws Exception {
        List<Message> received = new CopyOnWriteArrayList<>();
        Recorder recorder = new Recorder(received);
        GroupConsumer consumer = clients.groupConsumer("growing");
        Await.result(consumer.subscribe(Set.of(TOPIC), recorder));
        Await.until("a partition was assigned", () -> !recorder.assigned.isEmpty());
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(TOPIC, NewPartitions.increaseTo(3)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        MessageProducer fresh = clients.producer(1 << 20);
        for (int partition = 0; partition < 3; partition++) {
            Await.result(fresh.send(new NewMessage(TOPIC, partition, null, bytes(partition), Map.of())));
        }
        Await.until("a message of each partition", () -> received.size() == 3);
        assertThat(received.stream().map(KafkasBadDaysIT::number)).containsExactlyInAnyOrder(0, 1, 2);
        Await.result(Future.join(consumer.close(), fresh.close()));
    }

    /** The broker ends at once, and is back after some seconds on the same port. */
    private Future<Void> restart() {
        BrokerOptions same = new BrokerOptions(temp.resolve("kafka"), broker.port(), broker.scramPort(), TOPIC);
        return vertx.executeBlocking(
                        () -> {
                            broker.close();
                            return null;
                        },
                        false)
                .compose(gone -> vertx.timer(SECONDS_AWAY, TimeUnit.SECONDS))
                .compose(elapsed -> vertx.executeBlocking(
                        () -> {
                            broker = EmbeddedBroker.start(same);
                            return null;
                        },
                        false));
    }

    private List<Future<Position>> send(int from, int to) {
        List<Future<Position>> sent = new ArrayList<>();
        for (int number = from; number < to; number++) {
            sent.add(producer.send(new NewMessage(TOPIC, 0, null, bytes(number), Map.of())));
        }
        return sent;
    }

    private List<Integer> readAll() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        TopicReader reader = clients.reader();
        TopicState state = Await.result(topics.state(TOPIC)).orElseThrow();
        Await.result(reader.read(state, message -> {
            numbers.add(number(message));
            return Future.succeededFuture();
        }));
        Await.result(reader.close());
        return numbers;
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    /** A kilobyte that begins with the number. */
    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(1024).putInt(number).array();
    }

    private static Integer number(Message message) {
        return ByteBuffer.wrap(message.value()).getInt();
    }
}
