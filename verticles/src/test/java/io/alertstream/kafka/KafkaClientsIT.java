package io.alertstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.kafka.GroupConsumer.Partition;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@KafkaTest
class KafkaClientsIT {

    private final Vertx vertx = Vertx.vertx();
    private KafkaClients clients;
    private Topics topics;
    private MessageProducer producer;
    private TopicReader reader;
    private String topic;

    @BeforeEach
    void open(TestKafka kafka) {
        clients = new KafkaClients(vertx, KafkaSettings.plaintext(kafka.bootstrapServers()));
        topics = clients.topics();
        producer = clients.producer(8 << 20);
        reader = clients.reader();
        topic = kafka.newTopic("clients");
    }

    @AfterEach
    void close() throws Exception {
        Await.result(Future.join(producer.close(), reader.close(), topics.close()));
        Await.result(vertx.close());
    }

    @Test
    void aMissingTopicHasNoState() throws Exception {
        assertThat(Await.result(topics.state(topic))).isEmpty();
    }

    @Test
    void messagesArriveUnchangedAndInOrder() throws Exception {
        Await.result(topics.createIfAbsent(topic, 2, Map.of()));
        NewMessage full = new NewMessage(
                topic,
                1,
                bytes("key"),
                bytes("value"),
                Headers.of("name", bytes("header")).and("name", null).and("name", bytes("last")));
        assertThat(Await.result(producer.send(full))).isEqualTo(new Position(topic, 1, 0));
        sendNumbers(0, 100);

        List<Message> messages = read(state());

        assertThat(messages).hasSize(101);
        Message first =
                messages.stream().filter(m -> m.partition() == 1).findFirst().orElseThrow();
        assertThat(first.key()).isEqualTo(bytes("key"));
        assertThat(first.value()).isEqualTo(bytes("value"));
        assertThat(first.headers())
                .extracting(Headers.Header::value)
                .containsExactly(bytes("header"), null, bytes("last"));
        assertThat(first.headers().last("name")).isEqualTo(bytes("last"));
        assertThat(numbers(messages, 0)).containsExactlyElementsOf(expectedNumbers(0, 100));
    }

    /** Kafka's producer opens on another thread while the event loop is busy sending. */
    @Test
    void messagesSentWhileTheProducerOpensStayInOrder() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        int[] sent = {0};
        Future<Void> flushed = Future.future(promise -> vertx.runOnContext(begin -> {
            while (System.nanoTime() < end) {
                producer.send(new NewMessage(topic, 0, null, bytes(Integer.toString(sent[0]++)), Headers.NONE))
                        .onFailure(promise::tryFail);
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            producer.flush().onComplete(promise);
        }));
        Await.result(flushed);

        assertThat(producer.unackedBytes()).isZero();
        assertThat(numbers(read(state()), 0)).containsExactlyElementsOf(expectedNumbers(0, sent[0]));
    }

    /** The producer's waiting messages are sent on another thread than this one, which sends on. */
    @Test
    void messagesSentFromAnyThreadWhileTheProducerOpensStayInOrder() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
        int each = 3_000;
        int producers = 15;
        for (int number = 0; number < producers; number++) {
            MessageProducer opening = clients.producer(8 << 20);
            List<Future<Position>> sent = new ArrayList<>();
            for (int i = number * each; i < (number + 1) * each; i++) {
                sent.add(opening.send(new NewMessage(topic, 0, null, bytes(Integer.toString(i)), Headers.NONE)));
            }
            Await.result(Future.all(sent));
            Await.result(opening.close());
        }

        assertThat(numbers(read(state()), 0)).containsExactlyElementsOf(expectedNumbers(0, producers * each));
    }

    @Test
    void aReadEndsAtTheEndOfTheState() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
        sendNumbers(0, 10);
        TopicState state = state();
        sendNumbers(10, 20);
        assertThat(state.messages()).isEqualTo(10);
        assertThat(numbers(read(state), 0)).containsExactlyElementsOf(expectedNumbers(0, 10));
        assertThat(numbers(read(state()), 0)).containsExactlyElementsOf(expectedNumbers(0, 20));
    }

    @Test
    void readingAnEmptyTopicDeliversNothing() throws Exception {
        Await.result(topics.createIfAbsent(topic, 3, Map.of()));
        assertThat(Await.result(reader.read(state(), message -> Future.succeededFuture())))
                .isZero();
    }

    @Test
    void aMessageOfTenMegabytesPasses() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
        byte[] value = new byte[10_000_000];
        Arrays.fill(value, (byte) 7);
        Await.result(producer.send(NewMessage.of(topic, value)));
        assertThat(read(state()).get(0).value()).isEqualTo(value);

        List<Message> received = new CopyOnWriteArrayList<>();
        GroupConsumer consumer = clients.groupConsumer(topic);
        Await.result(consumer.subscribe(Set.of(topic), new Recorder(received)));
        Await.until("the message is there", () -> !received.isEmpty());
        assertThat(received.get(0).value()).isEqualTo(value);
        Await.result(consumer.close());
    }

    @Test
    void aTooLargeMessageIsRefusedWithItsException() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of("max.message.bytes", "1000")));
        assertThatThrownBy(() -> Await.result(producer.send(NewMessage.of(topic, new byte[100_000]))))
                .isInstanceOf(MessageTooLargeException.class)
                .hasMessageContaining("sending to " + topic);
        assertThat(producer.unackedBytes()).isZero();
    }

    @Test
    void aFullProducerIsFullUntilHalfIsAcknowledged() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
        int sent = 0;
        while (!producer.isFull()) {
            producer.send(NewMessage.of(topic, new byte[1 << 20])).onFailure(Throwable::printStackTrace);
            sent++;
            assertThat(sent).isLessThan(10_000);
        }
        assertThat(producer.unackedBytes()).isGreaterThanOrEqualTo(8 << 20);
        Await.result(producer.whenNotFull());
        assertThat(producer.isFull()).isFalse();
        Await.result(producer.flush());
        assertThat(producer.unackedBytes()).isZero();
        assertThat(state().messages()).isEqualTo(sent);
    }

    @Test
    void aRecreatedTopicIsNewAndEmpty() throws Exception {
        Await.result(topics.recreate(topic, 1, Map.of()));
        sendNumbers(0, 10);
        TopicState before = state();
        for (int i = 0; i < 3; i++) {
            Await.result(topics.recreate(topic, 2, Map.of("retention.ms", "-1")));
            TopicState after = state();
            assertThat(after.topicId()).isNotEqualTo(before.topicId());
            assertThat(after.end()).isEqualTo(Map.of(0, 0L, 1, 0L));
            Await.result(producer.send(NewMessage.of(topic, bytes("again"))));
        }
    }

    @Test
    void createIfAbsentKeepsAnExistingTopic() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
        sendNumbers(0, 10);
        Await.result(topics.createIfAbsent(topic, 5, Map.of()));
        assertThat(state().end()).isEqualTo(Map.of(0, 10L));
    }

    @Test
    void aTopicRecreatedDuringAReadIsNotMixedWithTheOldOne() throws Exception {
        Await.result(topics.recreate(topic, 1, Map.of()));
        sendNumbers(0, 3_000);
        TopicState old = state();
        List<Message> received = new ArrayList<>();
        Promise<Void> hold = Promise.promise();
        Future<Long> reading = reader.read(old, message -> {
            received.add(message);
            return received.size() == 10 ? hold.future() : Future.succeededFuture();
        });
        Await.until("reading has begun", () -> received.size() == 10);
        Await.result(topics.recreate(topic, 1, Map.of()));
        sendNumbers(100_000, 104_000);
        hold.complete();
        assertThatThrownBy(() -> Await.result(reading))
                .isInstanceOf(TopicChangedException.class)
                .hasMessageContaining(topic);
        assertThat(numbers(received, 0)).allMatch(number -> number < 3_000);
        assertThat(numbers(read(state()), 0)).containsExactlyElementsOf(expectedNumbers(100_000, 104_000));
    }

    @Test
    void aTopicDeletedDuringAReadIsReported() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
        sendNumbers(0, 10);
        TopicState old = state();
        Await.result(topics.recreate(topic, 1, Map.of()));
        assertThatThrownBy(() -> read(old)).isInstanceOf(TopicChangedException.class);
    }

    @Test
    void aHandlersFailureEndsTheReadUnchanged() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
        sendNumbers(0, 10);
        Exception mine = new Exception("mine");
        assertThatThrownBy(() -> Await.result(reader.read(state(), message -> Future.failedFuture(mine))))
                .isSameAs(mine);
        assertThat(read(state())).hasSize(10);
    }

    @Test
    void aGroupBeginsAtTheEarliestOffsetAndContinuesAfterItsCommit() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
        sendNumbers(0, 10);
        List<Message> received = new CopyOnWriteArrayList<>();
        GroupConsumer first = clients.groupConsumer(topic);
        Await.result(first.subscribe(Set.of(topic), new Recorder(received)));
        Await.until("ten messages", () -> received.size() == 10);
        Await.result(first.commit(Map.of(new Partition(topic, 0), 7L)));
        assertThat(Await.result(topics.groupLags(topic)))
                .singleElement()
                .satisfies(lag -> assertThat(lag.messages()).isEqualTo(3))
                .satisfies(lag -> assertThat(lag.nextOffsets()).isEqualTo(Map.of(0, 7L)));
        assertThat(Await.result(first.lag())).isEqualTo(Lag.NONE);
        Await.result(first.close());

        List<Message> again = new CopyOnWriteArrayList<>();
        GroupConsumer second = clients.groupConsumer(topic);
        Await.result(second.subscribe(Set.of(topic), new Recorder(again)));
        Await.until("the last three messages", () -> again.size() == 3);
        assertThat(numbers(again, 0)).containsExactly(7, 8, 9);
        Await.result(second.close());
    }

    @Test
    void aPausedMemberFetchesNothingUntilItIsResumed() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
        List<Message> received = new CopyOnWriteArrayList<>();
        GroupConsumer consumer = clients.groupConsumer(topic);
        Recorder recorder = new Recorder(received);
        consumer.pause();
        Await.result(consumer.subscribe(Set.of(topic), recorder));
        Await.until("a partition was assigned", () -> !recorder.assigned.isEmpty());
        sendNumbers(0, 10);
        Await.until(
                "the partition's beginning is known",
                () -> consumer.lag().await().messages() == 10);
        Await.until(
                "the lag's age grows before anything is read",
                () -> consumer.lag().await().seconds() > 0);
        assertThat(received).isEmpty();
        consumer.resume();
        Await.until("ten messages", () -> received.size() == 10);
        Await.result(consumer.close());
    }

    @Test
    void aSpareMemberIsReportedAsJoined() throws Exception {
        Await.result(topics.createIfAbsent(topic, 1, Map.of()));
        Recorder one = new Recorder(new CopyOnWriteArrayList<>());
        Recorder other = new Recorder(new CopyOnWriteArrayList<>());
        GroupConsumer first = clients.groupConsumer(topic);
        GroupConsumer second = clients.groupConsumer(topic);
        Await.result(Future.all(first.subscribe(Set.of(topic), one), second.subscribe(Set.of(topic), other)));
        Await.until("both are members", () -> one.joined && other.joined);
        assertThat(one.assigned.size() + other.assigned.size()).isEqualTo(1);
        assertThat(Await.result(Future.all(first.lag(), second.lag())).list()).containsOnly(Lag.NONE);
        Await.result(Future.join(first.close(), second.close()));
    }

    @Test
    void theLagOfAMissingTopicIsAFailureNotZero() throws Exception {
        GroupConsumer consumer = clients.groupConsumer(topic);
        Await.result(consumer.subscribe(Set.of(topic), new Recorder(new CopyOnWriteArrayList<>())));
        assertThatThrownBy(() -> Await.result(consumer.lag()))
                .hasMessage("topic " + topic + " doesn't exist (INGEST_TOPICS)");
        Await.result(consumer.close());
    }

    private TopicState state() throws Exception {
        return Await.result(topics.state(topic)).orElseThrow();
    }

    private List<Message> read(TopicState state) throws Exception {
        List<Message> messages = new ArrayList<>();
        long count = Await.result(reader.read(state, message -> {
            messages.add(message);
            return Future.succeededFuture();
        }));
        assertThat(messages).hasSize((int) count);
        return messages;
    }

    private void sendNumbers(int from, int to) throws Exception {
        List<Future<Position>> sent = new ArrayList<>();
        for (int number = from; number < to; number++) {
            sent.add(producer.send(new NewMessage(topic, 0, null, bytes(Integer.toString(number)), Headers.NONE)));
        }
        Await.result(Future.all(sent));
    }

    private static List<Integer> expectedNumbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static List<Integer> numbers(List<Message> messages, int partition) {
        return messages.stream()
                .filter(message -> message.partition() == partition)
                .map(message -> Integer.valueOf(new String(message.value(), StandardCharsets.UTF_8)))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
