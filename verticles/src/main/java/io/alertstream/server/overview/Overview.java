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
 * The state of the whole system: on request, and once a second to a listener. A state is the JSON object that the API's
 * description calls {@code SystemState}; unknown values are null. Used on one event loop.
 */
public final class Overview {

    private static final Logger LOG = LoggerFactory.getLogger(Overview.class);
    private static final long TICK_MILLIS = 1_000;

    /** How long the first request waits for Kafka. */
    private static final long FIRST_ANSWER_MILLIS = 1_500;

    /** During a visit the latest alerts change every second, which is too often for the page's pictures. */
    private static final long LATEST_MILLIS = 5_000;

    private final Vertx vertx;
    private final OverviewSettings settings;
    private final InstantSource clock;
    private final Optional<Supplier<KafkaView>> kafkaSource;
    private final Supplier<Future<Void>> archive;
    private final LongSupplier served;

    private final Visits visits;
    private final Groups groups = new Groups();
    private final Stage loaded = new Stage();
    private final Stage replayed = new Stage();
    private final Stage archived = new Stage();
    private final Stage servedAlerts = new Stage();
    private Optional<Fact.AlertsArchived> ingester = Optional.empty();
    private Long deadLetters;
    private List<Long> latest = List.of();
    private long latestAt;
    private boolean archiveAnswers = true;

    /** Empty until Kafka's settings are valid. */
    private Optional<KafkaView> kafka = Optional.empty();

    private Future<?> opening = Future.succeededFuture();
    private String kafkaProblem = "";
    private Attention attention = new Attention.Idle();
    private KafkaContact contact;
    private long timer;

    /**
     * Starts to listen to the bus.
     *
     * @param archive fails if the archive can't be used
     * @param served how many alerts this server has served
     */
    public Overview(Vertx vertx, OverviewSettings settings, Supplier<Future<Void>> archive, LongSupplier served) {
        this(
                vertx,
                settings,
                InstantSource.system(),
                settings.kafka().map(source -> () -> new KafkaView(vertx, settings, source.get())),
                archive,
                served);
    }

    /** @param kafkaSource blocks, and throws while Kafka's settings are invalid */
    Overview(
            Vertx vertx,
            OverviewSettings settings,
            InstantSource clock,
            Optional<Supplier<KafkaView>> kafkaSource,
            Supplier<Future<Void>> archive,
            LongSupplier served) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = clock;
        this.kafkaSource = kafkaSource;
        this.archive = archive;
        this.served = served;
        this.visits = new Visits(settings.live());
        this.contact = kafkaSource.isPresent() ? new KafkaContact.Unusable() : new KafkaContact.Unknown();
        listen(Bus.of(vertx));
        open();
    }

    /** The current state. Never fails; the first request in a while waits briefly for Kafka. */
    public Future<JsonObject> look() {
        return change(attention.looked(clock.millis())).transform(asked -> Future.succeededFuture(state()));
    }

    /** Sends the state to this listener alone, once a second. */
    public void follow(Consumer<JsonObject> listener) {
        change(attention.followed(listener));
    }

    public void unfollow() {
        change(attention.unfollowed(clock.millis()));
    }

    /** The alerts archived last, latest first; empty unless the ingester runs in this process. */
    public List<Long> latestAlerts() {
        return ingester.map(Fact.AlertsArchived::latestIds).orElse(List.of());
    }

    public Future<Void> close() {
        return change(new Attention.Idle());
    }

    private void listen(Bus bus) {
        bus.on(Fact.VisitLoaded.class, visit -> loaded.total(visit.alerts()));
        bus.on(Fact.VisitPlanned.class, plan -> visits.planned(clock.millis(), plan));
        bus.on(Fact.VisitReplayed.class, visits::replayed);
        bus.on(Fact.LiveSettingsChanged.class, changed -> visits.changed(changed.settings()));
        bus.on(Fact.AlertsArchived.class, totals -> ingester = Optional.of(totals));
    }

    /**
     * Starts or stops polling Kafka, as the new state requires. Completes when the first answers have arrived, or time
     * is up.
     */
    private Future<Void> change(Attention next) {
        boolean wasAwake = attention.isAwake();
        attention = next;
        if (wasAwake == next.isAwake()) {
            return Future.succeededFuture();
        }
        if (!next.isAwake()) {
            vertx.cancelTimer(timer);
            return kafka.map(KafkaView::disconnect).orElseGet(Future::succeededFuture);
        }
        contact = contact.asked(clock.millis());
        timer = vertx.setPeriodic(TICK_MILLIS, tick -> tick());
        return ask().timeout(FIRST_ANSWER_MILLIS, TimeUnit.MILLISECONDS).mapEmpty();
    }

    private void tick() {
        long now = clock.millis();
        change(attention.ticked(now));
        if (!attention.isAwake()) {
            return;
        }
        ask();
        servedAlerts.sample(now, served.getAsLong());
        ingester.ifPresent(totals -> archived.sample(now, totals.through()));
        attention.send(state());
    }

    private Future<?> ask() {
        archive.get().onComplete(checked -> archiveAnswers = checked.succeeded());
        return open().compose(opened -> kafka.isPresent() && attention.isAwake()
                ? kafka.get().ask().onSuccess(this::take)
                : Future.succeededFuture());
    }

    /** Looks for Kafka's settings and files, until they are valid. Never fails. */
    private Future<?> open() {
        if (kafka.isEmpty() && kafkaSource.isPresent() && opening.isComplete()) {
            opening = vertx.executeBlocking(kafkaSource.get()::get)
                    .onSuccess(this::opened)
                    .onFailure(this::report)
                    .otherwiseEmpty();
        }
        return opening;
    }

    private void opened(KafkaView view) {
        kafka = Optional.of(view);
        contact = new KafkaContact.Reachable(clock.millis(), true);
        if (!kafkaProblem.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("role", "server")
                    .log("Kafka's settings are valid now, the system page shows Kafka");
        }
    }

    /** Logs each problem once, not every second. */
    private void report(Throwable failure) {
        String problem = String.valueOf(failure.getMessage());
        if (!problem.equals(kafkaProblem)) {
            kafkaProblem = problem;
            LOG.atWarn()
                    .addKeyValue("role", "server")
                    .log("Kafka's settings are invalid, the system page omits Kafka until they are valid: {}", problem);
        }
    }

    private void take(Answer answer) {
        long now = clock.millis();
        contact = contact.answered(now, answer.isWhole());
        answer.source()
                .ifPresent(topic ->
                        loaded.record(now, topic.map(TopicState::messages).orElse(0L)));
        answer.replay().flatMap(topic -> topic).ifPresent(topic -> {
            long total =
                    topic.end().values().stream().mapToLong(Long::longValue).sum();
            replayed.record(now, total);
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
        servedAlerts.total(served.getAsLong());
        if (kafka.isEmpty()) {
            ingester.ifPresent(totals -> archived.total(totals.through()));
        }
        return new JsonObject()
                .put("time", now)
                .put("kafka", contact.text(now))
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
                .put("served", servedAlerts.json(now))
                .put(
                        "deadLetters",
                        kafka.isPresent()
                                ? deadLetters
                                : ingester.map(Fact.AlertsArchived::deadLetters).orElse(null))
                .put("groups", groups.json(now, visits.interval()))
                .put("otherGroups", groups.others())
                .put("latest", latest(now));
    }

    /** Null unless the ingester runs in this process: only it knows which alerts are in the archive for certain. */
    private JsonArray latest(long now) {
        List<Long> ids = ingester.map(Fact.AlertsArchived::latestIds).orElse(null);
        if (ids == null) {
            return null;
        }
        if (!ids.equals(latest) && now - latestAt >= LATEST_MILLIS) {
            latest = ids;
            latestAt = now;
        }
        // As strings: the ids exceed the integers that JavaScript represents exactly.
        return new JsonArray(latest.stream().map(id -> Long.toString(id)).toList());
    }
}
