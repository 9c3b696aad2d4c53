package io.alertstream.ingester;

import io.alertstream.bus.Fact;
import io.alertstream.ingester.IngesterMetrics.Result;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/** The ingester's totals since it started, as published on the bus. */
final class Totals {

    private static final int LATEST = 8;

    private long stored;
    private long storedBytes;
    private long duplicates;
    private long deadLetters;
    private final Deque<Long> latestIds = new ArrayDeque<>();

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
            alertId.ifPresent(this::addLatest);
        }
    }

    private void addLatest(long id) {
        latestIds.remove(id);
        latestIds.addFirst(id);
        if (latestIds.size() > LATEST) {
            latestIds.removeLast();
        }
    }

    Fact.AlertsArchived fact() {
        return new Fact.AlertsArchived(stored, storedBytes, duplicates, deadLetters, List.copyOf(latestIds));
    }
}
