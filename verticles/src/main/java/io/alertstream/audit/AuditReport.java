package io.alertstream.audit;

import io.alertstream.audit.AuditFinding.Kind;
import io.alertstream.kafka.Message;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts findings and logs each message that isn't in the archive. */
final class AuditReport {

    private static final Logger log = LoggerFactory.getLogger(AuditReport.class);

    /** Findings of each kind that are logged; the rest are only counted. */
    static final int MAX_LISTED = 1000;

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private long deleted;

    void add(Message message, AuditFinding finding) {
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
    }

    /** Counts messages that retention deleted before they could be read. */
    void deleted(long messages) {
        deleted += messages;
    }

    /** Logs how many findings weren't listed. */
    void end() {
        counts.forEach((kind, count) -> {
            if (kind != Kind.SAME && count > MAX_LISTED) {
                log.atWarn()
                        .log(
                                "{} more messages are {}; the first {} are listed above",
                                count - MAX_LISTED,
                                kind.text(),
                                MAX_LISTED);
            }
        });
    }

    long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    long messages() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether every message that could be read is in the archive or was set aside. */
    boolean isClean() {
        return count(Kind.MISSING) == 0 && count(Kind.DIFFERENT) == 0;
    }

    @Override
    public String toString() {
        String read = "%d messages: %d in the archive, %d set aside, %d missing, %d different"
                .formatted(
                        messages(),
                        count(Kind.SAME),
                        count(Kind.DEAD_LETTERED),
                        count(Kind.MISSING),
                        count(Kind.DIFFERENT));
        return deleted == 0 ? read : read + "; retention deleted " + deleted + " more before they were read";
    }
}
