package io.alertstream.loadtest.measure;

import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Figure.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Errors by reason, including those of the warm-up; for any number of threads. */
public final class Errors {

    private final ConcurrentMap<String, LongAdder> reasons = new ConcurrentSkipListMap<>();

    public void add(String reason) {
        reasons.computeIfAbsent(reason, key -> new LongAdder()).increment();
    }

    public long count() {
        return reasons.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** The total, and the number for each reason. */
    public List<Figure> figures(String name) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(name, count(), "", Better.LOWER));
        reasons.forEach((reason, errors) ->
                figures.add(new Figure(name + " (" + reason + ")", errors.sum(), "", Better.LOWER)));
        return figures;
    }
}
