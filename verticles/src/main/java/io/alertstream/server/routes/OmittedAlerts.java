package io.alertstream.server.routes;

import io.vertx.core.MultiMap;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The alerts of a list that aren't in the answer, and why. Goes into the answer's trailers. */
final class OmittedAlerts {

    /** The trailers' names; the others are those of {@link Reason}. */
    static final String SENT = "Alerts-Sent";

    /** Ids named for each reason: clients and proxies take some KB of trailers. What is left out beyond that is counted. */
    private static final int MAX_NAMED = 100;

    /** Why an alert isn't there. */
    enum Reason {
        /** The archive has none of that id. */
        MISSING("Alerts-Missing"),
        /** It is written in another schema than the first alert. */
        OTHER_SCHEMA("Alerts-Other-Schema"),
        /** It isn't an alert of its schema, or its schema isn't in the archive. */
        UNREADABLE("Alerts-Unreadable");

        private final String trailer;

        Reason(String trailer) {
            this.trailer = trailer;
        }

        String trailer() {
            return trailer;
        }

        /** Where the number stands, {@code Alerts-Missing-Ids} beside {@code Alerts-Missing}. */
        String idsTrailer() {
            return trailer + "-Ids";
        }
    }

    /** What the answer's {@code Trailer} header announces. */
    static String announcement() {
        StringBuilder names = new StringBuilder(SENT);
        for (Reason reason : Reason.values()) {
            names.append(", ").append(reason.trailer()).append(", ").append(reason.idsTrailer());
        }
        return names.toString();
    }

    private final Map<Reason, Count> counts = new EnumMap<>(Reason.class);

    private static final class Count {
        private int all;
        private final StringBuilder named = new StringBuilder();
    }

    void add(long id, Reason reason) {
        Count count = counts.computeIfAbsent(reason, any -> new Count());
        if (++count.all <= MAX_NAMED) {
            count.named.append(count.named.isEmpty() ? "" : ", ").append(id);
        }
    }

    int count(Reason reason) {
        Count count = counts.get(reason);
        return count == null ? 0 : count.all;
    }

    void addTo(MultiMap trailers, int sent) {
        trailers.set(SENT, Integer.toString(sent));
        for (Reason reason : List.of(Reason.values())) {
            trailers.set(reason.trailer(), Integer.toString(count(reason)));
            if (count(reason) > 0) {
                String more = count(reason) > MAX_NAMED ? ", ..." : "";
                trailers.set(reason.idsTrailer(), counts.get(reason).named + more);
            }
        }
    }

    @Override
    public String toString() {
        return "%d missing, %d unreadable".formatted(count(Reason.MISSING), count(Reason.UNREADABLE));
    }
}
