package io.alertstream.kafka;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Topics in memory, for unit tests: this room's interfaces, implemented on the caller's thread. */
public final class MemoryKafka implements Topics {

    private record Topic(String id, List<List<Message>> partitions, Map<Integer, Long> beginnings) {}

    private final Map<String, Topic> topics = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private Throwable outage;
    private Future<Void> answering = Future.succeededFuture();
    private Future<Void> recreating = Future.succeededFuture();
    private int incarnations;
    private int looks;
    private long millis;

    /** From now on, messages have this timestamp; it is 0 at first. */
    public void time(long sinceEpoch) {
        millis = sinceEpoch;
    }

    /** The changes made to topics, in order, as {@code recreate NAME CONFIG}. */
    public List<String> log() {
        return log;
    }

    /** From now on, state lookups and recreations fail with this cause; null ends that. */
    public void outage(Throwable cause) {
        outage = cause;
    }

    /**
     * From now on, state lookups stay unanswered.
     *
     * @return answers them
     */
    public Runnable holdLooks() {
        Promise<Void> answer = Promise.promise();
        answering = answer.future();
        return answer::tryComplete;
    }

    /**
     * From now on, a recreation deletes the topic without creating it again.
     *
     * @return creates the topics
     */
    public Runnable holdRecreations() {
        Promise<Void> answer = Promise.promise();
        recreating = answer.future();
        return answer::tryComplete;
    }

    public void create(String topic, int partitions) {
        List<List<Message>> lists = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            lists.add(new ArrayList<>());
        }
        topics.put(topic, new Topic("incarnation-" + ++incarnations, lists, new HashMap<>()));
    }

    public void delete(String topic) {
        topics.remove(topic);
    }

    /** Moves a partition's beginning, as retention does. */
    public void trim(String topic, int partition, long beginning) {
        topics.get(topic).beginnings().put(partition, beginning);
    }

    public void addPartition(String topic) {
        topics.get(topic).partitions().add(new ArrayList<>());
    }

    public void put(String topic, byte[] key, byte[] value, Headers headers) {
        append(new NewMessage(topic, 0, key, value, headers));
    }

    /** Messages of all partitions, partition after partition. */
    public List<Message> messages(String topic) {
        return topics.get(topic).partitions().stream().flatMap(List::stream).toList();
    }

    public List<Message> messages(String topic, int partition) {
        return topics.get(topic).partitions().get(partition);
    }

    private Position append(NewMessage message) {
        int partition = message.partition() == null ? 0 : message.partition();
        List<Message> list = topics.get(message.topic()).partitions().get(partition);
        list.add(new Message(
                message.topic(), partition, list.size(), millis, message.key(), message.value(), message.headers()));
        return new Position(message.topic(), partition, list.size() - 1);
    }

    /** The number of state lookups. */
    public int looks() {
        return looks;
    }

    @Override
    public Future<Optional<TopicState>> state(String topic) {
        looks++;
        if (outage != null) {
            return Future.failedFuture(outage);
        }
        return answering.map(answer -> Optional.ofNullable(topics.get(topic)).map(found -> {
            Map<Integer, Long> beginning = new HashMap<>();
            Map<Integer, Long> end = new HashMap<>();
            for (int i = 0; i < found.partitions().size(); i++) {
                beginning.put(i, found.beginnings().getOrDefault(i, 0L));
                end.put(i, (long) found.partitions().get(i).size());
            }
            return new TopicState(topic, found.id(), beginning, end);
        }));
    }

    @Override
    public Future<TopicState> since(TopicState state, Instant time) {
        Map<Integer, Long> offsets = new HashMap<>();
        state.end().keySet().forEach(partition -> messages(state.topic(), partition).stream()
                .filter(message -> message.timestampMillis() >= time.toEpochMilli())
                .findFirst()
                .ifPresent(message -> offsets.put(partition, message.offset())));
        return Future.succeededFuture(state.from(offsets));
    }

    @Override
    public Future<Void> createIfAbsent(String topic, int partitions, Map<String, String> config) {
        if (!topics.containsKey(topic)) {
            create(topic, partitions);
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> recreate(String topic, int partitions, Map<String, String> config) {
        if (outage != null) {
            return Future.failedFuture(outage);
        }
        log.add("recreate " + topic + " " + new java.util.TreeMap<>(config));
        topics.remove(topic);
        return recreating.onSuccess(held -> create(topic, partitions));
    }

    @Override
    public Future<List<GroupLag>> groupLags(String topic) {
        return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    public Reader reader() {
        return new Reader();
    }

    public Producer producer() {
        return new Producer();
    }

    /** Continues while the handler's Futures are complete, otherwise on the thread that completes them. */
    public final class Reader implements TopicReader {

        private int handedOver;

        /** Messages handed over so far, over all reads. */
        public int handedOver() {
            return handedOver;
        }

        @Override
        public Future<Long> readAll(TopicState state, Function<Message, Future<Void>> handler) {
            Deque<Message> messages = new ArrayDeque<>();
            state.end()
                    .forEach((partition, end) -> messages.addAll(topics.get(state.topic())
                            .partitions()
                            .get(partition)
                            .subList(state.beginning().get(partition).intValue(), end.intValue())));
            Promise<Long> done = Promise.promise();
            next(state, messages, 0, handler, done);
            return done.future();
        }

        private void next(
                TopicState state,
                Deque<Message> messages,
                long count,
                Function<Message, Future<Void>> handler,
                Promise<Long> done) {
            long read = count;
            while (!messages.isEmpty()) {
                Topic now = topics.get(state.topic());
                if (now == null || !now.id().equals(state.topicId())) {
                    done.fail(new TopicChangedException("topic " + state.topic() + " was recreated"));
                    return;
                }
                handedOver++;
                read++;
                Future<Void> taken = handler.apply(owned(messages.poll()));
                if (!taken.succeeded()) {
                    long soFar = read;
                    taken.onSuccess(ok -> next(state, messages, soFar, handler, done))
                            .onFailure(done::tryFail);
                    return;
                }
            }
            done.complete(read);
        }

        /** The handler may change the value. */
        private static Message owned(Message message) {
            return new Message(
                    message.topic(),
                    message.partition(),
                    message.offset(),
                    message.timestampMillis(),
                    message.key(),
                    message.value() == null ? null : message.value().clone(),
                    message.headers());
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    /** Acknowledges at once, unless acknowledgements are held back. */
    public final class Producer implements MessageProducer {

        private final Deque<Runnable> unacknowledged = new ArrayDeque<>();
        private final List<Promise<Void>> awaitingRoom = new ArrayList<>();
        private final List<Promise<Void>> flushes = new ArrayList<>();
        private Throwable refusal;
        private int limit = Integer.MAX_VALUE;
        private boolean holding;
        private boolean flushesEarly;
        private int mostUnacknowledged;

        /** How many messages may be unacknowledged before the producer is full. */
        public void limit(int messages) {
            limit = messages;
        }

        /** The greatest number of messages that were unacknowledged at once. */
        public int mostUnacknowledged() {
            return mostUnacknowledged;
        }

        /** From now on acknowledgements wait for {@link #acknowledge}. */
        public void hold() {
            holding = true;
        }

        /** From now on a flush succeeds without waiting for acknowledgements. */
        public void flushEarly() {
            flushesEarly = true;
        }

        /** Acknowledges all messages held back. */
        public void acknowledge() {
            while (!unacknowledged.isEmpty()) {
                unacknowledged.poll().run();
            }
            flushes.forEach(Promise::tryComplete);
            List<Promise<Void>> waiting = List.copyOf(awaitingRoom);
            awaitingRoom.clear();
            waiting.forEach(Promise::complete);
        }

        /** From now on every message is refused; null ends that. */
        public void refuse(Throwable cause) {
            refusal = cause;
        }

        @Override
        public Future<Position> send(NewMessage message) {
            if (refusal != null) {
                return Future.failedFuture(refusal);
            }
            if (!holding) {
                return Future.succeededFuture(append(message));
            }
            Promise<Position> promise = Promise.promise();
            unacknowledged.add(() -> promise.complete(append(message)));
            mostUnacknowledged = Math.max(mostUnacknowledged, unacknowledged.size());
            return promise.future();
        }

        @Override
        public boolean isFull() {
            return unacknowledged.size() >= limit;
        }

        @Override
        public long unackedBytes() {
            return unacknowledged.size();
        }

        @Override
        public Future<Void> whenNotFull() {
            if (!isFull()) {
                return Future.succeededFuture();
            }
            awaitingRoom.add(Promise.promise());
            return awaitingRoom.get(awaitingRoom.size() - 1).future();
        }

        @Override
        public Future<Void> flush() {
            if (unacknowledged.isEmpty() || flushesEarly) {
                return Future.succeededFuture();
            }
            flushes.add(Promise.promise());
            return flushes.get(flushes.size() - 1).future();
        }

        @Override
        public Future<Void> close() {
            return flush();
        }
    }
}
