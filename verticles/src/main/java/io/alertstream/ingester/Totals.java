package io.alertstream.ingester;

import io.alertstream.bus.Fact;
import io.alertstream.ingester.IngesterMetrics.Result;
import java.util.OptionalLong;

/** What the ingester did since it started, for whoever listens on the bus. */
final class Totals {

    private long stored;
    private long storedBytes;
    private long duplicates;
    private long deadLetters;
    private long lastAlertId;

    void add(Result result, long bytes, OptionalLong alertId) {
        switch (result) {
            case STORED -> {
                stored++;
                storedBytes += bytes;
            }
            case DUPLICATE, RECENT -> duplicates++;
            case DEAD_LETTER, RECENT_DEAD_LETTER -> deadLetters++;
        }
        if (result != Result.DEAD_LETTER) {
            alertId.ifPresent(id -> lastAlertId = id);
        }
    }

    Fact.AlertsArchived fact() {
        return new Fact.AlertsArchived(stored, storedBytes, duplicates, deadLetters, lastAlertId);
    }
}
