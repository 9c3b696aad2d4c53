package io.alertstream.server.overview;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.TopicState;
import io.alertstream.server.overview.KafkaView.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system's state: at once to whoever asks, and once a second to a follower. A state is the JSON that the interface's
 * document calls {@code SystemState}; what nobody has told is null in it. Used on one event loop.
 */
public final class Overview {

    private static final Logger LOG = LoggerFactory.getLogger(Overview.class);
    private static final long TICK_MILLIS = 1_000;

    /** Kafka is asked on for so long behind the last look: a page without scripts looks again in a few seconds. */
    private static final long LINGER_MILLIS = 15_000;

    /** The first look waits so long for answers. */
    private static final long PATIENCE_MILLIS = 1_500;

    private static final long AWAY_MILLIS = 5_000;

    /** While a visit passes, other alerts are the latest each second; pictures shouldn't change as often. */
    private static final long LATEST_MILLIS = 5_000;

    private final Vertx vertx;
    private final OverviewSettings settings;
    private final InstantSource clock;
    private final Optional<KafkaView> kafka;
    private final Supplier<Future<Void>> archive;
    private final LongSupplier served;

    private final Visits visits;
    private final Groups groups = new Groups();
    private final Stage loaded = new Stage();
    private final Stage replayed = new Stage();
    private final Stage archived = new Stage();
    private final Stage handedOut = new Stage();
    private Optional<Fact.AlertsArchived> ingester = Optional.empty();
    private Long deadLetters;
    private List<Long> latest = List.of();
    private long latestAt;
    private boolean archiveAnswers = true;

    private Consumer<JsonObject> follower;
    private boolean awake;
    private long timer;
    private long lookedAt;

    /** When Kafka answered last, or the first look was, whichever came later. */
    private long heardAt;

    private boolean heardAll = true;

    /**
     * Listens to the bus from now on.
     *
     * @param archive fails if it can't be used
     * @param served alerts that this server has handed out
     */
    public Overview(Vertx vertx, OverviewSettings settings, Supplier<Future<Void>> archive, LongSupplier served) {
        this(
                vertx,
                settings,
                InstantSource.system(),
                settings.kafka().map(found -> new KafkaView(vertx, settings, found)),
                archive,
                served);
    }

    Overview(
            Vertx vertx,
            OverviewSettings settings,
            InstantSource clock,
            Optional<KafkaView> kafka,
            Supplier<Future<Void>> archive,
            LongSupplier served) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = clock;
        this.kafka = kafka;
        this.archive = archive;
        this.served = served;
        this.visits = new Visits(settings.live());
        settings.kafkaProblems().forEach(problem -> LOG.atWarn()
                .addKeyValue("role", "server")
                .log("the page for the system does without Kafka: {}", problem));
        listen(Bus.of(vertx));
    }

    /** The state now. Never fails; the first look in a while waits a little for Kafka. */
    public Future<JsonObject> look() {
        lookedAt = clock.millis();
        return wake().transform(heard -> Future.succeededFuture(state()));
    }

    /** From now on tells the state to this one alone, once a second. */
    public void follow(Consumer<JsonObject> listener) {
        follower = listener;
        wake();
    }

    public void unfollow() {
        follower = null;
        lookedAt = clock.millis();
    }

    /** Alerts that were archived last, the latest first; empty where the ingester isn't in this process. */
    public List<Long> latestAlerts() {
        return ingester.map(Fact.AlertsArchived::latestIds).orElse(List.of());
    }

    public Future<Void> close() {
        return sleep();
    }

    private void listen(Bus bus) {
        bus.on(Fact.VisitLoaded.class, visit -> loaded.total(visit.alerts()));
        bus.on(Fact.VisitPlanned.class, plan -> visits.planned(clock.millis(), plan));
        bus.on(Fact.VisitReplayed.class, visits::replayed);
        bus.on(Fact.LiveSettingsChanged.class, changed -> visits.changed(changed.settings()));
        bus.on(Fact.AlertsArchived.class, totals -> ingester = Optional.of(totals));
    }

    /** Begins to ask once a second, unless that is so; completes, somehow, when the first answers are there. */
    private Future<?> wake() {
        if (awake) {
            return Future.succeededFuture();
        }
        awake = true;
        heardAt = clock.millis();
        timer = vertx.setPeriodic(TICK_MILLIS, tick -> tick());
        return ask().timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Future<Void> sleep() {
        awake = false;
        vertx.cancelTimer(timer);
        return kafka.map(KafkaView::rest).orElseGet(Future::succeededFuture);
    }

    private void tick() {
        long now = clock.millis();
        if (follower == null && now - lookedAt > LINGER_MILLIS) {
            sleep();
            return;
        }
        ask();
        handedOut.sample(now, served.getAsLong());
        ingester.ifPresent(totals -> archived.sample(now, totals.through()));
        if (follower != null) {
            follower.accept(state());
        }
    }

    private Future<?> ask() {
        archive.get().onComplete(checked -> archiveAnswers = checked.succeeded());
        return kafka.isEmpty() ? Future.succeededFuture() : kafka.get().ask().onSuccess(this::heard);
    }

    private void heard(Answer answer) {
        long now = clock.millis();
        heardAt = now;
        heardAll = answer.isWhole();
        answer.source()
                .ifPresent(topic ->
                        loaded.tell(now, topic.map(TopicState::messages).orElse(0L)));
        answer.replay().flatMap(topic -> topic).ifPresent(topic -> {
            long total =
                    topic.end().values().stream().mapToLong(Long::longValue).sum();
            replayed.tell(now, total);
            visits.seen(now, total);
        });
        answer.deadLetters()
                .ifPresent(
                        topic -> deadLetters = topic.map(TopicState::messages).orElse(0L));
        answer.groups().ifPresent(lags -> {
            groups.add(now, lags);
            groups.read(settings.ingestGroup()).ifPresent(archived::total);
            if (ingester.isEmpty()) {
                groups.read(settings.ingestGroup()).ifPresent(through -> archived.sample(now, through));
            }
        });
    }

    private JsonObject state() {
        long now = clock.millis();
        handedOut.total(served.getAsLong());
        if (kafka.isEmpty()) {
            ingester.ifPresent(totals -> archived.total(totals.through()));
        }
        return new JsonObject()
                .put("time", now)
                .put("kafka", kafkaState(now))
                .put("archive", archiveAnswers ? "answers" : "away")
                .put("visit", visits.json(now))
                .put("loaded", loaded.json(now))
                .put("replayed", replayed.json(now))
                .put(
                        "archived",
                        archived.json(now)
                                .put(
                                        "new",
                                        ingester.map(Fact.AlertsArchived::alerts)
                                                .orElse(null))
                                .put(
                                        "known",
                                        ingester.map(Fact.AlertsArchived::duplicates)
                                                .orElse(null)))
                .put("served", handedOut.json(now))
                .put(
                        "deadLetters",
                        kafka.isPresent()
                                ? deadLetters
                                : ingester.map(Fact.AlertsArchived::deadLetters).orElse(null))
                .put("groups", groups.json(now, visits.interval()))
                .put("otherGroups", groups.others())
                .put("latest", latest(now));
    }

    private String kafkaState(long now) {
        if (kafka.isEmpty()) {
            return settings.kafkaProblems().isEmpty() ? "unknown" : "unusable";
        }
        if (now - heardAt > AWAY_MILLIS) {
            return "away";
        }
        return heardAll ? "answers" : "answers in part";
    }

    /** Null where the ingester isn't in this process: which alerts are in the archive for sure only it knows. */
    private JsonArray latest(long now) {
        List<Long> ids = ingester.map(Fact.AlertsArchived::latestIds).orElse(null);
        if (ids == null) {
            return null;
        }
        if (!ids.equals(latest) && now - latestAt >= LATEST_MILLIS) {
            latest = ids;
            latestAt = now;
        }
        // As text: they are larger than what JavaScript's numbers hold.
        return new JsonArray(latest.stream().map(id -> Long.toString(id)).toList());
    }
}
