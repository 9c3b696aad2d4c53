package io.alertstream.server.routes;

import io.vertx.core.MultiMap;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The alerts of a list that the answer omits, and why, for its trailers. */
final class OmittedAlerts {

    /** The trailer with the number of alerts sent; {@link Reason} names the others. */
    static final String SENT = "Alerts-Sent";

    /** Ids listed for each reason, since clients and proxies accept only some KB of trailers. Further ones are counted. */
    private static final int MAX_NAMED = 100;

    /** Why an alert is omitted. */
    enum Reason {
        /** The archive has no alert under this id. */
        MISSING("Alerts-Missing"),
        /** Its schema differs from that of the first alert. */
        OTHER_SCHEMA("Alerts-Other-Schema"),
        /** It can't be decoded with its schema, or the archive lacks the schema. */
        UNREADABLE("Alerts-Unreadable");

        private final String trailer;

        Reason(String trailer) {
            this.trailer = trailer;
        }

        String trailer() {
            return trailer;
        }

        /** The trailer with the ids, {@code Alerts-Missing-Ids} beside {@code Alerts-Missing}. */
        String idsTrailer() {
            return trailer + "-Ids";
        }
    }

    /** The value of the answer's {@code Trailer} header. */
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
