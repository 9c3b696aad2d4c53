package io.alertstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.kafka.GroupConsumer.Partition;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.time.Duration;
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
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Topics that change while they are read; see also {@link ClientsInOutageIT}. */
@KafkaTest
class KafkasBadDaysIT {

    private final Vertx vertx = Vertx.vertx();
    private String bootstrapServers;
    private String topic;
    private KafkaClients clients;
    private Topics topics;
    private MessageProducer producer;

    @BeforeEach
    void open(TestKafka kafka) throws Exception {
        bootstrapServers = kafka.bootstrapServers();
        topic = kafka.newTopic("bad-days");
        clients = new KafkaClients(vertx, KafkaSettings.plaintext(bootstrapServers), Duration.ofMillis(500));
        topics = clients.topics();
        producer = clients.producer(4 << 20);
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
    }

    @AfterEach
    void close() throws Exception {
        Await.result(Future.join(producer.close(), topics.close()));
        Await.result(vertx.close());
    }

    @Test
    void aGroupWithExpiredOffsetsContinuesAtTheFirstAvailable() throws Exception {
        send(0, 100);
        GroupConsumer first = clients.groupConsumer(topic);
        Recorder recorder = new Recorder(new CopyOnWriteArrayList<>());
        Await.result(first.subscribe(Set.of(topic), recorder));
        Await.until("all is read", () -> recorder.messages().size() == 100);
        Await.result(first.commit(Map.of(new Partition(topic, 0), 10L)));
        Await.result(first.close());
        expire(60);
        List<Message> received = new CopyOnWriteArrayList<>();
        GroupConsumer second = clients.groupConsumer(topic);
        Await.result(second.subscribe(Set.of(topic), new Recorder(received)));
        Await.until("what is left", () -> received.size() == 40);
        assertThat(received.stream().map(KafkasBadDaysIT::number))
                .containsExactlyElementsOf(IntStream.range(60, 100).boxed().toList());
        Await.result(second.close());
    }

    @Test
    void expiredOffsetsFailARead() throws Exception {
        send(0, 100);
        TopicState state = Await.result(topics.state(topic)).orElseThrow();
        expire(60);
        TopicReader reader = clients.reader();
        Future<Long> reading = reader.read(state, message -> Future.succeededFuture());
        assertThatThrownBy(() -> Await.result(reading)).isInstanceOf(TopicChangedException.class);
        Await.result(reader.close());
    }

    @Test
    void addedPartitionsAreReadFromTheirBeginning() throws Exception {
        List<Message> received = new CopyOnWriteArrayList<>();
        Recorder recorder = new Recorder(received);
        GroupConsumer consumer = clients.groupConsumer(topic);
        Await.result(consumer.subscribe(Set.of(topic), recorder));
        Await.until("a partition was assigned", () -> !recorder.assigned.isEmpty());
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        MessageProducer fresh = clients.producer(1 << 20);
        for (int partition = 0; partition < 3; partition++) {
            Await.result(fresh.send(new NewMessage(topic, partition, null, bytes(partition), Headers.NONE)));
        }
        Await.until("a message of each partition", () -> received.size() == 3);
        assertThat(received.stream().map(KafkasBadDaysIT::number)).containsExactlyInAnyOrder(0, 1, 2);
        Await.result(Future.join(consumer.close(), fresh.close()));
    }

    @Test
    void aTopicRecreatedWhileItsGroupIsStoppedIsReadFromItsBeginning() throws Exception {
        send(0, 100);
        readAndCommit(50);
        Map<TopicPartition, OffsetAndMetadata> old = committed();
        Await.result(topics.recreate(topic, 1, Map.of()));
        send(1_000, 1_100);
        // A broker that was down, or whose coordinator moved, keeps the offsets of a deleted topic.
        commitAgain(old);

        assertThat(readAndCommit(100))
                .containsExactlyElementsOf(IntStream.range(1_000, 1_100).boxed().toList());
        assertThat(committed()).isNotEqualTo(old);
    }

    @Test
    void aTopicRecreatedDuringAReadIsReadFromItsBeginning() throws Exception {
        send(0, 10);
        Recorder recorder = new Recorder(new CopyOnWriteArrayList<>());
        GroupConsumer consumer = clients.groupConsumer(topic);
        Await.result(consumer.subscribe(Set.of(topic), recorder));
        Await.until("all is read", () -> recorder.messages().size() == 10);
        Await.result(topics.recreate(topic, 1, Map.of()));
        send(1_000, 1_100);

        // There are more messages than the member had read: by the offset alone, it would continue in the middle.
        Await.until("the new topic's messages", () -> numbers(recorder)
                .containsAll(IntStream.range(1_000, 1_100).boxed().toList()));
        String id = Await.result(topics.state(topic)).orElseThrow().topicId();
        // The member's commits name the old topic until it has looked the topic up again.
        Await.until("a commit of the new topic", () -> commits(consumer, 100) && id.equals(committedId()));
        assertThat(recorder.failures).isEmpty();
        Await.result(consumer.close());
    }

    @Test
    void aCommitWithoutATopicIdIsTrusted() throws Exception {
        send(0, 100);
        commitAgain(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(60)));

        assertThat(readAndCommit(40))
                .containsExactlyElementsOf(IntStream.range(60, 100).boxed().toList());
    }

    private boolean commits(GroupConsumer consumer, long next) {
        return consumer.commit(Map.of(new Partition(topic, 0), next))
                .transform(done -> Future.succeededFuture(done.succeeded()))
                .await();
    }

    /** The topic id in the last commit. */
    private String committedId() {
        try {
            return committed().get(new TopicPartition(topic, 0)).metadata();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads and commits the next messages, and returns their numbers. */
    private List<Integer> readAndCommit(int messages) throws Exception {
        Recorder recorder = new Recorder(new CopyOnWriteArrayList<>());
        GroupConsumer consumer = clients.groupConsumer(topic);
        Await.result(consumer.subscribe(Set.of(topic), recorder));
        Await.until("enough messages", () -> recorder.messages().size() >= messages);
        Message last = recorder.messages().get(messages - 1);
        Await.result(consumer.commit(Map.of(new Partition(topic, 0), last.offset() + 1)));
        Await.result(consumer.close());
        return numbers(recorder);
    }

    private static List<Integer> numbers(Recorder recorder) {
        return recorder.messages().stream().map(KafkasBadDaysIT::number).toList();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() throws Exception {
        try (Admin admin = admin()) {
            return admin.listConsumerGroupOffsets(topic)
                    .partitionsToOffsetAndMetadata()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private void commitAgain(Map<TopicPartition, OffsetAndMetadata> offsets) throws Exception {
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets(topic, offsets).all().get(30, TimeUnit.SECONDS);
        }
    }

    private void send(int from, int to) throws Exception {
        List<Future<Position>> sent = new ArrayList<>();
        for (int number = from; number < to; number++) {
            sent.add(producer.send(new NewMessage(topic, 0, null, bytes(number), Headers.NONE)));
        }
        Await.result(Future.all(sent));
    }

    /** Deletes the messages before the offset, as retention does. */
    private void expire(long offset) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** A kilobyte that begins with the number. */
    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(1024).putInt(number).array();
    }

    private static Integer number(Message message) {
        return ByteBuffer.wrap(message.value()).getInt();
    }
}
