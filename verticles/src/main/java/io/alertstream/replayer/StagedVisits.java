package io.alertstream.replayer;

import io.alertstream.avro.RenumberedVisits;
import io.alertstream.avro.VisitNumber;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.Journal;
import io.alertstream.journal.JournalLine;
import io.alertstream.journal.JournalLine.Dropped;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.Stopped;
import io.alertstream.journal.JournalLine.VisitBegun;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes visits that differ from the static topic's, each with the next number. The last number is in the journal, so no
 * number is reused after a restart. For one context.
 */
final class StagedVisits implements Preparations {

    private static final Logger log = LoggerFactory.getLogger(StagedVisits.class);

    private final Staging staging;
    private final Clock clock;
    private final Timers timers;
    private final Journal journal;
    private final ReplaySchemas schemas;
    private final Stragglers stragglers;
    private final Function<String, Future<Void>> createTopic;
    private final Set<FaultKind> announced = EnumSet.noneOf(FaultKind.class);
    private final RenumberedVisits renumbered = new RenumberedVisits();
    private Optional<VisitNumber> last = Optional.empty();
    private long visits;

    /**
     * @param createTopic creates the topic of a new major version, unless it exists
     */
    StagedVisits(
            Staging staging,
            Clock clock,
            Timers timers,
            Journal journal,
            ReplaySchemas schemas,
            Stragglers stragglers,
            Function<String, Future<Void>> createTopic) {
        this.staging = staging;
        this.clock = clock;
        this.timers = timers;
        this.journal = journal;
        this.schemas = schemas;
        this.stragglers = stragglers;
        this.createTopic = createTopic;
    }

    @Override
    public Preparation next(long alerts, long startNanos) {
        visits++;
        long count = visits;
        Instant start = clock.instant().plusNanos(startNanos - timers.nanos());
        Optional<VisitFaults> faults = staging.faults().map(recipes -> new VisitFaults(recipes, count, alerts));
        return new StagedVisit(
                staging.fresh(),
                faults,
                schemaId ->
                        begin(start, alerts, faults, schemaId).map(number -> new Identities(number, start, renumbered)),
                this::drop,
                start,
                startNanos,
                timers,
                journal,
                schemas,
                stragglers);
    }

    /** Records that a visit was given up. Why is in the log, and without the line the visit is found incomplete. */
    private void drop(VisitNumber visit) {
        journal.write(List.of(new Dropped(visit, clock.instant()))).onFailure(e -> log.atWarn()
                .addKeyValue("role", "replayer")
                .log("visit {} was dropped, and the journal doesn't say so: {}", visit.number(), e.getMessage()));
    }

    /** Records that nothing more will be published, apart from what is held back. */
    Future<Void> stop() {
        return last.map(visit -> journal.write(List.of(new Stopped(visit, clock.instant()))))
                .orElseGet(Future::succeededFuture);
    }

    /** Numbers the visit and records it in the journal, with its faults. */
    private Future<VisitNumber> begin(
            Instant start, long alerts, Optional<VisitFaults> faults, OptionalInt newSchemaId) {
        return (last.isPresent() ? Future.succeededFuture(last) : journal.lastVisit()).compose(previous -> {
            VisitNumber first = VisitNumber.firstOfNight(start);
            VisitNumber number = previous.map(VisitNumber::next)
                    .filter(next -> next.compareTo(first) > 0)
                    .orElse(first);
            last = Optional.of(number);
            List<JournalLine> lines = new ArrayList<>();
            lines.add(new VisitBegun(number, start, alerts, staging.fresh(), faults.flatMap(VisitFaults::topic)));
            faults.flatMap(VisitFaults::ofVisit)
                    .ifPresent(kind -> lines.add(Fault.ofVisit(
                            kind,
                            number,
                            start,
                            faults.get().place(),
                            faults.get().recipe(kind).delay())));
            Optional<FaultKind> version =
                    faults.flatMap(VisitFaults::ofStream).filter(kind -> !announced.contains(kind));
            Optional<String> topic = version.flatMap(kind -> faults.get().topic());
            version.ifPresent(kind -> lines.add(Fault.ofStream(kind, number, start, topic, newSchemaId)));
            return topic.map(createTopic)
                    .orElseGet(Future::succeededFuture)
                    .compose(created -> journal.write(lines))
                    .onSuccess(durable -> version.ifPresent(announced::add))
                    .map(number);
        });
    }
}
