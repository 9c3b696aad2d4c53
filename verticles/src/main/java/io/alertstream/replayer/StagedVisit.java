package io.alertstream.replayer;

import io.alertstream.archive.PacketDigest;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.PatchablePacket;
import io.alertstream.avro.VisitNumber;
import io.alertstream.avro.WireFormat;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.Journal;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.Position;
import io.alertstream.replayer.PacketTools.Next;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** One visit that differs from the static topic's: with ids and times of its own, with faults, or both. */
final class StagedVisit implements Preparation {

    private static final double SECOND = 1.0 / 86_400;

    private final boolean fresh;
    private final Optional<VisitFaults> faults;
    private final Function<OptionalInt, Future<Identities>> begin;
    private final Consumer<VisitNumber> drop;
    private final Instant start;
    private final long startNanos;
    private final Timers timers;
    private final Journal journal;
    private final ReplaySchemas schemas;
    private final Stragglers stragglers;
    private Future<Identities> begun;
    private long alerts;
    private Optional<Duration> pause = Optional.empty();

    /**
     * @param begin numbers the visit and records it, given the schema id of its alerts' new version if they have one
     * @param drop records that the visit was given up
     * @param start when its first alert is due
     * @param startNanos the same on the timers' clock
     */
    StagedVisit(
            boolean fresh,
            Optional<VisitFaults> faults,
            Function<OptionalInt, Future<Identities>> begin,
            Consumer<VisitNumber> drop,
            Instant start,
            long startNanos,
            Timers timers,
            Journal journal,
            ReplaySchemas schemas,
            Stragglers stragglers) {
        this.fresh = fresh;
        this.faults = faults;
        this.begin = begin;
        this.drop = drop;
        this.start = start;
        this.startNanos = startNanos;
        this.timers = timers;
        this.journal = journal;
        this.schemas = schemas;
        this.stragglers = stragglers;
    }

    /**
     * An alert of this visit, in this visit's schema version.
     *
     * @param dueNanos when it is due unless it has a fault, on the timers' clock
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Own(
            Identities visit,
            long dueNanos,
            long id,
            byte[] packet,
            PatchablePacket source,
            PacketTools tools,
            Optional<Next> next) {

        byte[] versioned(byte[] value) {
            return next.map(version -> version.schema().packet(version.schemaId(), value))
                    .orElse(value);
        }
    }

    @Override
    public Future<List<Outgoing>> of(Message message, long dueNanos) {
        if (begun == null) {
            begun = newVersion(message).compose(begin);
        }
        return begun.compose(visit -> {
            long place = alerts++;
            if (isDropped(place)) {
                // The first alert still gives the visit its times: later histories name a visit that is missing, too.
                return fresh && place == 0
                        ? own(message, visit, dueNanos).map(unpublished -> List.of())
                        : Future.succeededFuture(List.of());
            }
            Duration held = heldBack(place, dueNanos);
            return own(message, visit, dueNanos + held.toNanos())
                    .compose(this::withFaults)
                    .map(all -> placed(all, held));
        });
    }

    @Override
    public void dropped() {
        // A visit that has no number yet gets its line after the one that announces it.
        if (begun != null) {
            begun.onSuccess(visit -> drop.accept(visit.number()));
        }
    }

    @Override
    public Duration pause() {
        return pause.orElse(Duration.ZERO);
    }

    private boolean isDropped(long place) {
        return faults.filter(some ->
                        some.ofVisit().filter(kind -> kind != FaultKind.STOPPED).isPresent() && place >= some.place())
                .isPresent();
    }

    /** How long the visit's own fault holds back the alert at this place. */
    private Duration heldBack(long place, long dueNanos) {
        boolean stopped = faults.filter(
                        some -> some.ofVisit().equals(Optional.of(FaultKind.STOPPED)) && place >= some.place())
                .isPresent();
        if (stopped && pause.isEmpty()) {
            // If alerts were read after their time, the last of them is published now, and the pause follows it.
            pause = Optional.of(faults.get().recipe(FaultKind.STOPPED).delay().plus(lateness(dueNanos)));
            stragglers.quiet(dueNanos, dueNanos + pause.get().toNanos());
        }
        return stopped ? pause.orElseThrow() : Duration.ZERO;
    }

    /** How long ago that was; zero if it is to come. */
    private Duration lateness(long dueNanos) {
        return Duration.ofNanos(Math.max(0, timers.nanos() - dueNanos));
    }

    private Future<OptionalInt> newVersion(Message first) {
        if (faults.flatMap(VisitFaults::ofStream).isEmpty()) {
            return Future.succeededFuture(OptionalInt.empty());
        }
        try {
            return next(WireFormat.schemaId(first.value()))
                    .map(version -> OptionalInt.of(version.orElseThrow().schemaId()));
        } catch (NotAnAlertException e) {
            return notAnAlert(first, e);
        }
    }

    /** The new version of a schema; empty if its alerts keep it. */
    private Future<Optional<Next>> next(int schemaId) {
        return faults.flatMap(VisitFaults::ofStream)
                .map(version -> schemas.next(version, schemaId).map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<Own> own(Message message, Identities visit, long dueNanos) {
        int schemaId;
        try {
            schemaId = WireFormat.schemaId(message.value());
        } catch (NotAnAlertException e) {
            return notAnAlert(message, e);
        }
        return schemas.of(schemaId).compose(tools -> next(schemaId).compose(version -> {
            try {
                PatchablePacket source = tools.patch().find(message.value());
                long id = fresh ? visit.newId(source) : source.alertId();
                byte[] packet = fresh ? visit.renew(source, id) : message.value();
                return Future.succeededFuture(new Own(visit, dueNanos, id, packet, source, tools, version));
            } catch (NotAnAlertException e) {
                return notAnAlert(message, e);
            }
        }));
    }

    private static <T> Future<T> notAnAlert(Message message, NotAnAlertException e) {
        Position position = new Position(message.topic(), message.partition(), message.offset());
        return Future.failedFuture(position + ": " + e.getMessage());
    }

    private Future<List<Outgoing>> withFaults(Own own) {
        Optional<FaultKind> kind = faults.flatMap(VisitFaults::ofNextAlert);
        return kind.isPresent()
                ? inject(kind.get(), faults.get().recipe(kind.get()), own)
                : Future.succeededFuture(List.of(Outgoing.of(own.versioned(own.packet()))));
    }

    private Future<List<Outgoing>> inject(FaultKind kind, FaultRecipe recipe, Own own) {
        Outgoing alert = Outgoing.of(own.versioned(own.packet()));
        Outgoing later = alert.after(recipe.delay());
        return switch (kind) {
            case DUPLICATE ->
                hasRoomFor(later)
                        ? journalled(kind, recipe, own, Optional.empty(), alert, repetition(later))
                        : Future.succeededFuture(List.of(alert));
            case REORDERED -> journalled(kind, recipe, own, Optional.empty(), later);
            case LATE ->
                hasRoomFor(later)
                        ? journalled(kind, recipe, own, Optional.empty(), later.outlivingVisit())
                        : Future.succeededFuture(List.of(alert));
            case ALTERED -> {
                byte[] other = own.versioned(other(own));
                Outgoing repetition = repetition(Outgoing.of(other).after(recipe.delay()));
                boolean hasNoTimes = Arrays.equals(other, alert.value());
                yield hasNoTimes || !hasRoomFor(repetition)
                        ? Future.succeededFuture(List.of(alert))
                        : journalled(kind, recipe, own, Optional.of(other), alert, repetition);
            }
            case OVERSIZE -> {
                if (own.tools().padding().isEmpty()) {
                    yield Future.succeededFuture(List.of(alert));
                }
                byte[] large = own.versioned(own.tools().padding().get().pad(own.packet(), recipe.bytes()));
                yield journalled(kind, recipe, own, Optional.of(large), Outgoing.of(large));
            }
            default -> {
                byte[] broken = Damage.of(
                        kind,
                        alert.value(),
                        own.next().map(Next::decoder).orElse(own.tools().decoder()),
                        faults.orElseThrow().random());
                yield journalled(kind, recipe, own, Optional.of(broken), Outgoing.of(broken));
            }
        };
    }

    /** A repetition with a delay doesn't hold up the visit. */
    private static Outgoing repetition(Outgoing later) {
        return later.delay().isZero() ? later : later.outlivingVisit();
    }

    private boolean hasRoomFor(Outgoing later) {
        return later.delay().isZero() || stragglers.haveRoom(later.value().length);
    }

    /** The same alert as if it had been reprocessed. */
    private byte[] other(Own own) {
        return fresh
                ? own.visit().renewed(own.source(), own.id(), SECOND)
                : own.source().with(own.id(), own.source().visit(), SECOND);
    }

    private Future<List<Outgoing>> journalled(
            FaultKind kind, FaultRecipe recipe, Own own, Optional<byte[]> published, Outgoing... messages) {
        Fault line = Fault.ofAlert(
                kind,
                own.visit().number(),
                start.plusNanos(own.dueNanos() - startNanos).plus(lateness(own.dueNanos())),
                own.id(),
                published.map(PacketDigest::of),
                recipe.delay());
        return journal.write(List.of(line)).map(durable -> Stream.of(messages)
                // If the alert is already late, its delay counts from now; from its own time it might be over.
                .map(message -> message.delay().isZero() ? message : message.after(lateness(own.dueNanos())))
                .toList());
    }

    /** Applies the visit's own faults to the messages. */
    private List<Outgoing> placed(List<Outgoing> messages, Duration pause) {
        if (faults.isEmpty()) {
            return messages;
        }
        Optional<String> topic = faults.flatMap(VisitFaults::topic);
        return messages.stream()
                .map(message -> message.after(pause))
                .map(message -> topic.map(message::into).orElse(message))
                .toList();
    }
}
