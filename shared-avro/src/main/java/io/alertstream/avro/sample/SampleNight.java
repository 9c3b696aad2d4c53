package io.alertstream.avro.sample;

import io.alertstream.avro.AlertSource;
import io.alertstream.avro.AlertStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/**
 * The first visits of a sample night, one after the other: fields and bands in the order in which the survey
 * would observe them, with pauses, and with more alerts where the field is crowded. A field that is visited again shows
 * the same objects, and their alerts remember the earlier ones, of this night and of those before.
 *
 * <p>The same count and first visit give the same bytes. Each visit is a {@link SampleVisit}, made when it is reached.
 */
public final class SampleNight implements AlertSource {

    /** The most visits of one night. */
    public static final int MAX_VISITS = Cadence.VISITS_A_NIGHT;

    private final List<NightVisit> visits;
    private final SampleVisit first;

    /**
     * One visit of the night.
     *
     * @param number counted from 0
     * @param slot when it is due, in units of 37 s from the night's first visit; slots between visits are pauses
     */
    public record NightVisit(int number, int slot, int alerts) {}

    private SampleNight(List<NightVisit> visits, SampleVisit first) {
        this.visits = visits;
        this.first = first;
    }

    /**
     * A night.
     *
     * @param first its first visit; the others have as many alerts, and those of a crowded field several times as many
     * @throws IllegalArgumentException if there are fewer than one or more than {@link #MAX_VISITS} visits
     */
    public static SampleNight of(int visits, SampleVisit first) {
        if (visits < 1 || visits > MAX_VISITS) {
            throw new IllegalArgumentException("a night of 1 to " + MAX_VISITS + " visits, not " + visits);
        }
        return new SampleNight(
                IntStream.range(0, visits)
                        .mapToObj(number -> new NightVisit(
                                number, Cadence.slot(number), Cadence.alerts(first.number() + number, first.alerts())))
                        .toList(),
                first);
    }

    /** The visits in their order. */
    public List<NightVisit> visits() {
        return visits;
    }

    /** The bytes of all packets, estimated. */
    public long bytes() {
        return visits.stream().mapToLong(visit -> sample(visit).bytes()).sum();
    }

    /** The bytes of the largest visit's packets, estimated. */
    public long largestVisitBytes() {
        return visits.stream().mapToLong(visit -> sample(visit).bytes()).max().orElseThrow();
    }

    private long alerts() {
        return visits.stream().mapToLong(NightVisit::alerts).sum();
    }

    SampleVisit sample(NightVisit visit) {
        return first.sized(visit.alerts()).numbered(first.number() + visit.number());
    }

    @Override
    public Schema schema() {
        return first.schema();
    }

    /** {@inheritDoc} Only the first and the last visit are looked at: the night's times lie between theirs. */
    @Override
    public Contents check(BooleanSupplier cancelled) {
        double begin = sample(visits.get(0)).check(cancelled).firstMjdTai();
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("cancelled");
        }
        double end = sample(visits.get(visits.size() - 1)).check(cancelled).lastMjdTai();
        return new Contents(alerts(), bytes(), begin, end);
    }

    @Override
    public AlertStream open(Schema target, int schemaId) {
        return new NightStream(visits.stream().map(this::sample).iterator(), target, schemaId);
    }
}
