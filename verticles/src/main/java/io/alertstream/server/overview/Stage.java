package io.alertstream.server.overview;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** A stage of the pipeline: how many alerts have passed it, and at what rate. */
final class Stage {

    private final Samples samples = new Samples();
    private Long alerts;

    /** Records the total of alerts that have passed. */
    void record(long now, long total) {
        total(total);
        sample(now, total);
    }

    void total(long total) {
        alerts = total;
    }

    /** Records a figure that grows with the total; only the rate is taken from it. */
    void sample(long now, long figure) {
        samples.add(now, figure);
    }

    JsonObject json(long now) {
        List<Double> rates = samples.rates(now);
        return new JsonObject()
                .put("alerts", alerts)
                .put("perSecond", samples.perSecond(now))
                .put(
                        "peakPerSecond",
                        rates.stream()
                                .filter(Objects::nonNull)
                                .max(Comparator.naturalOrder())
                                .orElse(null))
                .put("history", new JsonArray(rates));
    }
}
