package io.alertstream.avro.sample;

import io.alertstream.avro.sample.Source.Kind;
import java.util.List;
import java.util.Optional;

/** What a visit detects, with the history from earlier visits. For one thread. */
final class Sky {

    private final Visit visit;
    private final SampleHistory history;
    private final long seed;
    private final Catalogue catalogue;
    private final List<Bursts.Burst> bursts;

    /** The earlier visits to the field; read when an object is first looked up in them. */
    private List<Visit> before;

    Sky(Visit visit, long seed, int alerts, SampleHistory history) {
        this.visit = visit;
        this.history = history;
        this.seed = Deviates.mix(seed, visit.number());
        catalogue = new Catalogue(seed, Cadence.field(visit.number()), alerts, history);
        bursts = Bursts.of(visit, catalogue, this.seed, alerts);
    }

    /** A detection and its history. */
    record Find(
            Source source, Optional<Asteroid> asteroid, int objectNumber, History history, Detection now, long seed) {}

    List<Bursts.Burst> bursts() {
        return bursts;
    }

    /** @param index of an alert in its burst: objects come first */
    Find find(Bursts.Burst burst, int index) {
        long alertSeed = Deviates.mix(seed, (long) burst.detector() << Integer.SIZE | index);
        return index < burst.objects().size()
                ? object(burst.objects().get(index), alertSeed)
                : passing(burst.detector(), index - burst.objects().size(), alertSeed);
    }

    private Find object(int number, long alertSeed) {
        SkyObject object = catalogue.get(number, visit.exposure().mjdTai());
        Epoch epoch = Bursts.find(object, visit).orElseThrow();
        long id = History.sourceId(epoch, number);
        if (before == null) {
            before = Cadence.before(visit.number(), history).stream()
                    .map(Visit::number)
                    .toList();
        }
        History past = History.of(object, before, id, history.forced());
        Detection now = Detection.of(id, past.objectId(), object.source(), null, epoch);
        return new Find(object.source(), Optional.empty(), number, past, now, alertSeed);
    }

    private Find passing(int detector, int index, long alertSeed) {
        Deviates deviates = new Deviates(alertSeed);
        Source source = Population.passing(visit.exposure(), deviates);
        FocalPlane.Pixel pixel = FocalPlane.any(detector, deviates);
        Epoch epoch = Epoch.of(source, visit, pixel, deviates);
        long id = Ids.source(visit.exposure(), detector, catalogue.size() + 1 + index);
        Optional<Asteroid> asteroid = source.kind() == Kind.MOVING
                ? Optional.of(Asteroid.seen(
                        visit.pointing()
                                .direction(
                                        pixel.detector(),
                                        epoch.pixel().column(),
                                        epoch.pixel().row()),
                        epoch.mjdTai(),
                        deviates))
                : Optional.empty();
        History past = asteroid.isPresent() ? History.none() : History.unknown(id);
        Detection now = Detection.of(id, past.objectId(), source, asteroid.orElse(null), epoch);
        return new Find(source, asteroid, -1, past, now, deviates.bits());
    }
}
