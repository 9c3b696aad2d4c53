package io.alertstream.local.registry;

import io.alertstream.kafka.GroupLag;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.Position;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** One partition in memory, for unit tests of what the registry does when Kafka fails. */
final class MemoryTopic implements Topics, TopicReader, MessageProducer {

    /** What happens to a sent message. */
    enum Fate {
        WRITTEN,
        /** The sender gets a failure, and the message isn't written. */
        LOST,
        /** The sender gets a failure, although the message is written. */
        WRITTEN_UNHEARD
    }

    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private volatile Fate fate = Fate.WRITTEN;
    private volatile boolean readable = true;

    void next(Fate next) {
        fate = next;
    }

    void readable(boolean now) {
        readable = now;
    }

    /** Adds a record, as another registry would. */
    void put(String key, String value) {
        add(key.getBytes(StandardCharsets.UTF_8), value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    /** Keys and values as text; a tombstone's value is null. */
    List<String> records() {
        return messages.stream()
                .map(message -> new String(message.key(), StandardCharsets.UTF_8) + " "
                        + (message.value() == null ? null : new String(message.value(), StandardCharsets.UTF_8)))
                .toList();
    }

    private Position add(byte[] key, byte[] value) {
        long offset = messages.size();
        messages.add(new Message(EmbeddedRegistry.TOPIC, 0, offset, 0, key, value, Headers.NONE));
        return new Position(EmbeddedRegistry.TOPIC, 0, offset);
    }

    @Override
    public Future<Position> send(NewMessage message) {
        if (fate == Fate.LOST) {
            return Future.failedFuture(new IllegalStateException("made to fail"));
        }
        Position position = add(message.key(), message.value());
        return fate == Fate.WRITTEN
                ? Future.succeededFuture(position)
                : Future.failedFuture(new IllegalStateException("made to fail"));
    }

    @Override
    public Future<TopicState> since(TopicState state, Instant time) {
        throw new AssertionError("a registry reads its topic from the beginning");
    }

    @Override
    public Future<Optional<TopicState>> state(String topic) {
        return readable
                ? Future.succeededFuture(
                        Optional.of(new TopicState(topic, "id", Map.of(0, 0L), Map.of(0, (long) messages.size()))))
                : Future.failedFuture(new IllegalStateException("made to fail"));
    }

    @Override
    public Future<Long> readAll(TopicState state, Function<Message, Future<Void>> handler) {
        Future<Void> done = Future.succeededFuture();
        long first = state.beginning().get(0);
        long end = state.end().get(0);
        for (long offset = first; offset < end; offset++) {
            Message message = messages.get((int) offset);
            done = done.compose(before -> handler.apply(message));
        }
        return done.map(end - first);
    }

    @Override
    public Future<Void> createIfAbsent(String topic, int partitions, Map<String, String> config) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> recreate(String topic, int partitions, Map<String, String> config) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public Future<Void> whenNotFull() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> flush() {
        return Future.succeededFuture();
    }

    @Override
    public Future<List<GroupLag>> groupLags(String topic) {
        return Future.succeededFuture(List.of());
    }

    @Override
    public long unackedBytes() {
        return 0;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
