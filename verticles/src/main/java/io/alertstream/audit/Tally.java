package io.alertstream.audit;

import io.alertstream.audit.Finding.Kind;
import io.alertstream.kafka.Message;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts findings, and lists those that aren't as they should be. */
final class Tally {

    private static final Logger log = LoggerFactory.getLogger(Tally.class);

    /** Of each kind; the rest is only counted. */
    private static final int MAX_LISTED = 1000;

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    void add(Message message, Finding finding) {
        long count = counts.merge(finding.kind(), 1L, Long::sum);
        if (finding.kind() == Kind.SAME || count > MAX_LISTED) {
            return;
        }
        var event = finding.kind() == Kind.DEAD_LETTERED ? log.atInfo() : log.atError();
        event = event.addKeyValue("topic", message.topic())
                .addKeyValue("partition", message.partition())
                .addKeyValue("offset", message.offset());
        if (finding.alertId().isPresent()) {
            event = event.addKeyValue("alertId", finding.alertId().getAsLong());
        }
        event.log("{}: {}", finding.kind().text(), finding.text().orElse(""));
        if (count == MAX_LISTED) {
            log.atWarn()
                    .log(
                            "{} messages are {}; further ones are counted and not listed",
                            count,
                            finding.kind().text());
        }
    }

    long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    long messages() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether every message is in the archive or was set aside. */
    boolean isClean() {
        return count(Kind.MISSING) == 0 && count(Kind.DIFFERENT) == 0;
    }

    @Override
    public String toString() {
        return "%d messages: %d in the archive, %d set aside, %d missing, %d different"
                .formatted(
                        messages(),
                        count(Kind.SAME),
                        count(Kind.DEAD_LETTERED),
                        count(Kind.MISSING),
                        count(Kind.DIFFERENT));
    }
}
