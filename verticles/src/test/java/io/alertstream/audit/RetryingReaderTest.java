package io.alertstream.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.kafka.Headers;
import io.alertstream.kafka.KafkaClientException;
import io.alertstream.kafka.MemoryKafka;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.RefusedException;
import io.alertstream.kafka.TopicChangedException;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.retry.Backoff;
import io.alertstream.retry.Retry;
import io.alertstream.retry.RetryPolicy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryingReaderTest {

    private static final String TOPIC = "alerts";

    private final Vertx vertx = Vertx.vertx();
    private final MemoryKafka kafka = new MemoryKafka();
    private final Interrupted reader = new Interrupted(kafka.reader());
    private final List<Long> offsets = new ArrayList<>();
    private final RetryingReader patient = new RetryingReader(kafka, reader, retry(Duration.ofMillis(1)));

    /** A reader whose reads end with these failures, each after three messages. */
    private static final class Interrupted implements TopicReader {

        private final TopicReader reader;
        private final Deque<Throwable> failures = new ArrayDeque<>();

        Interrupted(TopicReader reader) {
            this.reader = reader;
        }

        @Override
        public Future<Long> readAll(TopicState state, Function<Message, Future<Void>> handler) {
            Throwable failure = failures.poll();
            if (failure == null) {
                return reader.readAll(state, handler);
            }
            long first = state.beginning().get(0);
            TopicState few = new TopicState(
                    state.topic(),
                    state.topicId(),
                    state.beginning(),
                    Map.of(0, Math.min(first + 3, state.end().get(0))));
            return reader.readAll(few, handler).compose(read -> Future.failedFuture(failure));
        }

        @Override
        public Future<Void> close() {
            return reader.close();
        }
    }

    @BeforeEach
    void fill() {
        kafka.create(TOPIC, 1);
        for (int i = 0; i < 20; i++) {
            kafka.put(TOPIC, null, new byte[] {(byte) i}, Headers.NONE);
        }
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void continuesWhereItWasAfterAFailure() throws Exception {
        for (int i = 0; i < 4; i++) {
            reader.failures.add(new KafkaClientException("no broker", null));
        }
        assertThat(read()).isZero();
        assertThat(offsets).containsExactly(range(0, 20));
    }

    @Test
    void skipsMessagesDeletedByRetention() throws Exception {
        reader.failures.add(new TopicChangedException("no longer has the offsets it had"));
        TopicState state = state();
        kafka.trim(TOPIC, 0, 8);
        assertThat(await(patient.read(state, this::take))).isEqualTo(5);
        assertThat(offsets).containsExactly(0L, 1L, 2L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
    }

    @Test
    void skipsEverythingIfRetentionDeletedEverything() throws Exception {
        reader.failures.add(new TopicChangedException("no longer has the offsets it had"));
        TopicState state = state();
        kafka.put(TOPIC, null, new byte[1], Headers.NONE);
        kafka.trim(TOPIC, 0, 21);
        assertThat(await(patient.read(state, this::take))).isEqualTo(17);
        assertThat(offsets).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aRecreatedTopicIsNotReadInstead() {
        TopicState state = state();
        fill();
        assertThatThrownBy(() -> await(patient.read(state, this::take)))
                .hasCauseInstanceOf(TopicChangedException.class);
    }

    @Test
    void doesNotWaitForADeletedTopic() {
        assertThatThrownBy(() -> await(patient.read(state(), message -> {
                    kafka.delete(TOPIC);
                    return Future.succeededFuture();
                })))
                .hasCauseInstanceOf(TopicChangedException.class);
    }

    @Test
    void doesNotWaitForATopicThatLostItsEnd() {
        reader.failures.add(new TopicChangedException("no longer has the offsets it had"));
        TopicState longer = new TopicState(TOPIC, state().topicId(), Map.of(0, 0L), Map.of(0, 30L));
        assertThatThrownBy(() -> await(patient.read(longer, this::take)))
                .hasCauseInstanceOf(TopicChangedException.class);
    }

    @Test
    void doesNotWaitAfterARefusal() {
        reader.failures.add(new RefusedException("not allowed", null));
        assertThatThrownBy(this::read).hasCauseInstanceOf(RefusedException.class);
        assertThat(offsets).hasSize(3);
    }

    @Test
    void aStopEndsTheWait() throws Exception {
        Retry tomorrow = retry(Duration.ofDays(1));
        RetryingReader slow = new RetryingReader(kafka, reader, tomorrow);
        reader.failures.add(new KafkaClientException("no broker", null));
        Promise<Long> read = Promise.promise();
        Promise<Void> waiting = Promise.promise();
        vertx.runOnContext(now -> {
            slow.read(state(), this::take).onComplete(read);
            waiting.complete();
        });
        await(waiting.future());
        vertx.runOnContext(now -> tomorrow.stop("the audit was stopped"));
        assertThatThrownBy(() -> await(read.future()))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("the audit was stopped");
    }

    private Retry retry(Duration delay) {
        return new Retry(
                vertx, RetryPolicy.unlimited(new Backoff(delay, delay), KafkaClientException.class::isInstance));
    }

    private long read() throws Exception {
        return await(patient.read(state(), this::take));
    }

    private Future<Void> take(Message message) {
        offsets.add(message.offset());
        return Future.succeededFuture();
    }

    private TopicState state() {
        return kafka.state(TOPIC).result().orElseThrow();
    }

    private static Long[] range(long from, long to) {
        return LongStream.range(from, to).boxed().toArray(Long[]::new);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
