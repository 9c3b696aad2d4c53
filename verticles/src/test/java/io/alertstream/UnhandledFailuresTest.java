package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UnhandledFailuresTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(UnhandledFailures.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void aResultAfterVertxWasClosedIsNotAnError() {
        UnhandledFailures.handle(new RejectedExecutionException("event executor terminated"));
        UnhandledFailures.vertxCloses();
        UnhandledFailures.handle(new RejectedExecutionException("event executor terminated"));
        UnhandledFailures.handle(new IllegalStateException("anything else"));

        assertThat(lines.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
                .extracting(line -> line.getThrowableProxy().getMessage())
                .containsExactly("event executor terminated", "anything else");
    }
}
