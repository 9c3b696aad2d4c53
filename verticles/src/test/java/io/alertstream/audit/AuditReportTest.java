package io.alertstream.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.alertstream.audit.AuditFinding.Kind;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Message;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuditReportTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditReport.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AuditReport report = new AuditReport();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        logger.setLevel(null);
        logger.detachAppender(lines);
    }

    @Test
    void listsTheFirstThousandOfEachKindAndSaysHowManyMore() {
        add(Kind.MISSING, 1003);
        add(Kind.DIFFERENT, 1000);
        add(Kind.DEAD_LETTERED, 1001);
        report.end();

        assertThat(lines.list).hasSize(3002);
        assertThat(lines.list.subList(3000, 3002))
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactlyInAnyOrder(
                        "3 more messages are missing; the first 1000 are listed above",
                        "1 more messages are set aside; the first 1000 are listed above");
        assertThat(report).hasToString("3004 messages: 0 in the archive, 1001 set aside, 1003 missing, 1000 different");
    }

    @Test
    void messagesDeletedByRetentionAreCountedSeparately() {
        report.add(message(), AuditFinding.same(1));
        report.deleted(5);
        assertThat(report.isClean()).isTrue();
        assertThat(report).asString().endsWith("; retention deleted 5 more before they were read");
    }

    private void add(Kind kind, int times) {
        for (int i = 0; i < times; i++) {
            report.add(message(), AuditFinding.wrong(kind, OptionalLong.empty(), "a test"));
        }
    }

    private static Message message() {
        return new Message("alerts", 0, 0, 0, null, null, Headers.NONE);
    }
}
