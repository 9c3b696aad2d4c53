package io.alertstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.kafka.GroupConsumer.Partition;
import io.alertstream.local.BrokerOutage;
import io.alertstream.local.EmbeddedBrokerAlone;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes away and comes back while each kind of client is using it. */
@EmbeddedBrokerAlone("it stops the broker and starts it again on the same port")
class ClientsInOutageIT {

    private static final String PRODUCED = "produced";
    private static final String READ = "read";
    private static final String GROUPS = "groups";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();

    @Test
    void anUnavailableBrokerCausesNoLossDuplicatesOrFailures() throws Exception {
        try (BrokerOutage outage = new BrokerOutage(directory)) {
            KafkaClients clients = new KafkaClients(vertx, KafkaSettings.plaintext(outage.bootstrapServers()));
            Topics topics = clients.topics();
            MessageProducer producer = clients.producer(4 << 20);
            for (String topic : List.of(PRODUCED, READ, GROUPS)) {
                Await.result(topics.createIfAbsent(topic, 1, Map.of()));
            }

            // A reader in mid-topic,
            Await.result(Future.all(send(producer, READ, 0, 3_000)));
            TopicState state = Await.result(topics.state(READ)).orElseThrow();
            List<Integer> read = new CopyOnWriteArrayList<>();
            Promise<Void> readsOn = Promise.promise();
            TopicReader reader = clients.reader();
            Future<Long> reading = reader.read(state, message -> {
                read.add(number(message));
                return read.size() == 10 ? readsOn.future() : Future.succeededFuture();
            });
            Await.until("reading has begun", () -> read.size() == 10);
            // a member of a group that has committed,
            Recorder recorder = new Recorder(new CopyOnWriteArrayList<>());
            GroupConsumer member = clients.groupConsumer("away");
            Await.result(member.subscribe(Set.of(GROUPS), recorder));
            Await.result(Future.all(send(producer, GROUPS, 0, 100)));
            Await.until("a hundred messages", () -> recorder.messages().size() == 100);
            Await.result(member.commit(Map.of(new Partition(GROUPS, 0), 100L)));
            // and a producer with messages on the way.
            List<Future<Position>> sent = send(producer, PRODUCED, 0, 2_000);
            Await.until("some are on the way", () -> sent.get(0).isComplete());

            sent.addAll(outage.happen(() -> {
                readsOn.complete();
                List<Future<Position>> meanwhile = send(producer, PRODUCED, 2_000, 4_000);
                meanwhile.addAll(send(producer, GROUPS, 100, 200));
                return meanwhile;
            }));
            sent.addAll(send(producer, PRODUCED, 4_000, 6_000));

            Await.result(Future.all(sent));
            assertThat(readAll(clients, topics)).containsExactlyElementsOf(numbers(0, 6_000));
            assertThat(Await.result(reading)).isEqualTo(3_000);
            assertThat(read).containsExactlyElementsOf(numbers(0, 3_000));
            Await.until("a hundred more", () -> recorder.messages().size() >= 200);
            assertThat(recorder.messages().stream().map(ClientsInOutageIT::number))
                    .containsExactlyElementsOf(numbers(0, 200));
            Await.until("a commit succeeds", () -> member.commit(Map.of(new Partition(GROUPS, 0), 200L))
                    .transform(done -> Future.succeededFuture(done.succeeded()))
                    .await());
            assertThat(recorder.failures).isEmpty();
            Await.result(Future.join(producer.close(), reader.close(), member.close(), topics.close()));
            Await.result(vertx.close());
        }
    }

    private static List<Integer> readAll(KafkaClients clients, Topics topics) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        TopicReader reader = clients.reader();
        Await.result(reader.read(Await.result(topics.state(PRODUCED)).orElseThrow(), message -> {
            numbers.add(number(message));
            return Future.succeededFuture();
        }));
        Await.result(reader.close());
        return numbers;
    }

    private static List<Future<Position>> send(MessageProducer producer, String topic, int from, int to) {
        List<Future<Position>> sent = new ArrayList<>();
        for (int number = from; number < to; number++) {
            byte[] value = ByteBuffer.allocate(1024).putInt(number).array();
            sent.add(producer.send(new NewMessage(topic, 0, null, value, Headers.NONE)));
        }
        return sent;
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static Integer number(Message message) {
        return ByteBuffer.wrap(message.value()).getInt();
    }
}
