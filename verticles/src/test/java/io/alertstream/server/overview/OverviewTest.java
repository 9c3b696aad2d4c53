package io.alertstream.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.GroupLag;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverviewTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AtomicLong now = new AtomicLong(1_000_000_000);
    private final FakeTopics topics = new FakeTopics();
    private Future<Void> archive = Future.succeededFuture();

    /** A cluster with scripted answers that counts how often it is asked. */
    private static final class FakeTopics implements Topics {

        private final AtomicInteger asked = new AtomicInteger();
        private final Promise<Void> closed = Promise.promise();
        private volatile Throwable trouble;
        private volatile Throwable troubleWithGroups;
        private volatile boolean silent;

        @Override
        public Future<Optional<TopicState>> state(String topic) {
            return topic.equals("alerts-dead-letter")
                    ? answer(trouble, Optional.empty())
                    : answer(trouble, Optional.of(new TopicState(topic, "id", Map.of(0, 40L), Map.of(0, 240L))));
        }

        @Override
        public Future<List<GroupLag>> groupLags(String topic) {
            asked.incrementAndGet();
            return answer(
                    trouble == null ? troubleWithGroups : trouble,
                    List.of(new GroupLag("alertdb-ingester", "Stable", Map.of(0, 230L), 10)));
        }

        private <T> Future<T> answer(Throwable failure, T result) {
            if (silent) {
                return Promise.<T>promise().future();
            }
            return failure == null ? Future.succeededFuture(result) : Future.failedFuture(failure);
        }

        @Override
        public Future<TopicState> since(TopicState state, Instant time) {
            throw new AssertionError("the overview reads no topic");
        }

        @Override
        public Future<Void> createIfAbsent(String topic, int partitions, Map<String, String> config) {
            throw new AssertionError("the overview changes nothing");
        }

        @Override
        public Future<Void> recreate(String topic, int partitions, Map<String, String> config) {
            throw new AssertionError("the overview changes nothing");
        }

        @Override
        public Future<Void> close() {
            closed.tryComplete();
            return Future.succeededFuture();
        }
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private static OverviewSettings settings(Map<String, String> values) {
        return OverviewSettings.read(new SettingsReader(List.of(new SettingValues("test", values))));
    }

    private static OverviewSettings withoutKafka() {
        return settings(Map.of(Settings.ROLE.name(), "server"));
    }

    private Overview overview(OverviewSettings settings) throws Exception {
        Optional<Supplier<KafkaView>> kafka = settings.kafka().map(source -> () -> {
            assertThat(source.get()).isNotNull();
            return new KafkaView(settings, () -> topics);
        });
        return onContext(() -> Future.succeededFuture(
                new Overview(vertx, settings, () -> Instant.ofEpochMilli(now.get()), kafka, () -> archive, () -> 3)));
    }

    private Overview overview() throws Exception {
        return overview(settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", "broker:9092")));
    }

    private <T> T onContext(Supplier<Future<T>> work) throws Exception {
        Promise<T> promise = Promise.promise();
        context.runOnContext(on -> work.get().onComplete(promise));
        return await(promise.future());
    }

    private JsonObject look(Overview overview) throws Exception {
        return onContext(overview::look);
    }

    @Test
    void showsWhatKafkaReports() throws Exception {
        JsonObject state = look(overview());

        assertThat(state.getString("kafka")).isEqualTo("answers");
        assertThat(state.getJsonObject("loaded").getLong("alerts")).isEqualTo(200);
        assertThat(state.getJsonObject("replayed").getLong("alerts")).isEqualTo(240);
        assertThat(state.getJsonObject("archived").getLong("alerts")).isEqualTo(230);
        assertThat(state.getJsonObject("served").getLong("alerts")).isEqualTo(3);
        assertThat(state.getLong("deadLetters")).isZero();
        assertThat(state.getJsonArray("groups")).hasSize(1);
        assertThat(state.getJsonArray("latest")).isNull();
        assertThat(state.getJsonObject("visit").getString("state")).isEqualTo("unknown");
    }

    @Test
    void showsFactsFromTheBus() throws Exception {
        Overview overview = overview(withoutKafka());
        Bus bus = Bus.of(vertx);
        bus.publish(new Fact.VisitLoaded("t", 200, 16_000_000, Duration.ofSeconds(1)));
        bus.publish(new Fact.VisitPlanned("t", Optional.of(Duration.ofSeconds(9)), false));
        bus.publish(new Fact.VisitReplayed("t", 4, 200, 16_000_000, Duration.ofSeconds(3), Duration.ofMillis(20)));
        bus.publish(new Fact.AlertsArchived(150, 12_000_000, 40, 10, List.of(Long.MAX_VALUE, 7L)));
        JsonObject state = look(overview);

        assertThat(state.getString("kafka")).isEqualTo("unknown");
        assertThat(state.getJsonObject("loaded").getLong("alerts")).isEqualTo(200);
        assertThat(state.getJsonObject("replayed").getLong("alerts")).isNull();
        assertThat(state.getJsonObject("visit").getLong("next")).isEqualTo(now.get() + 9_000);
        assertThat(state.getJsonObject("visit").getJsonObject("last").getLong("number"))
                .isEqualTo(4);
        assertThat(state.getJsonObject("archived").getLong("alerts")).isEqualTo(200);
        assertThat(state.getJsonObject("archived").getLong("new")).isEqualTo(150);
        assertThat(state.getLong("deadLetters")).isEqualTo(10);
        assertThat(state.getJsonArray("latest")).isEqualTo(JsonArray.of("9223372036854775807", "7"));
    }

    @Test
    void picturesAreKeptForAWhile() throws Exception {
        Overview overview = overview(withoutKafka());
        Bus.of(vertx).publish(new Fact.AlertsArchived(1, 1, 0, 0, List.of(1L)));
        look(overview);
        Bus.of(vertx).publish(new Fact.AlertsArchived(2, 1, 0, 0, List.of(2L, 1L)));

        assertThat(look(overview).getJsonArray("latest")).isEqualTo(JsonArray.of("1"));
        now.addAndGet(5_000);
        assertThat(look(overview).getJsonArray("latest")).isEqualTo(JsonArray.of("2", "1"));
    }

    @Test
    void invalidKafkaSettingsDontKeepItFromServing() throws Exception {
        OverviewSettings settings = settings(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
                "KAFKA_SECURITY", "mtls",
                "KAFKA_CERT_FILE", "/nowhere/user.crt",
                "KAFKA_KEY_FILE", "/nowhere/user.key"));

        assertThat(look(overview(settings)).getString("kafka")).isEqualTo("unusable");
    }

    @Test
    void filesThatAppearAfterTheStartAreUsed(@TempDir Path directory) throws Exception {
        Path password = directory.resolve("password");
        Overview overview = overview(settings(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
                "KAFKA_SECURITY", "scram",
                "KAFKA_USERNAME", "server",
                "KAFKA_PASSWORD_FILE", password.toString())));
        assertThat(look(overview).getString("kafka")).isEqualTo("unusable");
        BlockingQueue<JsonObject> states = new LinkedBlockingQueue<>();
        context.runOnContext(on -> overview.follow(states::add));

        Files.writeString(password, "of a test");

        // One state a second; whoever looks again sees the file within two.
        String kafka = "unusable";
        for (int second = 0; second < 20 && kafka.equals("unusable"); second++) {
            JsonObject state = states.poll(20, TimeUnit.SECONDS);
            assertThat(state).as("the next state").isNotNull();
            kafka = state.getString("kafka");
        }
        assertThat(kafka).isEqualTo("answers");
        assertThat(look(overview).getJsonObject("replayed").getLong("alerts")).isEqualTo(240);
    }

    @Test
    void refusedFiguresAreUnknownAndOthersAreShown() throws Exception {
        topics.troubleWithGroups = new IllegalStateException("not authorized");
        JsonObject state = look(overview());

        assertThat(state.getString("kafka")).isEqualTo("answers in part");
        assertThat(state.getJsonObject("replayed").getLong("alerts")).isEqualTo(240);
        assertThat(state.getJsonObject("archived").getLong("alerts")).isNull();
    }

    @Test
    void anUnresponsiveKafkaDelaysNobodyForLong() throws Exception {
        topics.silent = true;
        Overview overview = overview();
        assertThat(look(overview).getJsonObject("loaded").getLong("alerts")).isNull();
        now.addAndGet(6_000);

        assertThat(look(overview).getString("kafka")).isEqualTo("away");
    }

    @Test
    void anUnavailableArchiveIsReported() throws Exception {
        archive = Future.failedFuture("no bucket");

        assertThat(look(overview()).getString("archive")).isEqualTo("away");
    }

    @Test
    void kafkaIsQueriedOnlyWhileSomeoneIsWatching() throws Exception {
        Overview overview = overview();
        assertThat(topics.asked).hasValue(0);

        Promise<JsonObject> state = Promise.promise();
        onContext(() -> {
            overview.follow(state::tryComplete);
            return Future.succeededFuture();
        });
        await(state.future());
        assertThat(topics.asked.get()).isPositive();

        now.addAndGet(60_000);
        onContext(() -> {
            overview.unfollow();
            return Future.succeededFuture();
        });
        now.addAndGet(16_000);
        await(topics.closed.future());
        int asked = topics.asked.get();
        await(vertx.timer(1_500, TimeUnit.MILLISECONDS));
        assertThat(topics.asked).hasValue(asked);
    }
}
