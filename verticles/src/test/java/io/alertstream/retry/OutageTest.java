package io.alertstream.retry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class OutageTest {

    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE); // The next reading is negative, which must not matter.
    private final Exception cause = new Exception("connection refused");
    private final AtomicInteger changes = new AtomicInteger();
    private final Logger logger = (Logger) LoggerFactory.getLogger(OutageTest.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Outage outage = new Outage(logger, Level.WARN, "store", "consumption paused", nanos::get);

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        outage.onChange(changes::incrementAndGet);
    }

    @AfterEach
    void stopListening() {
        logger.setLevel(null);
        logger.detachAppender(appender);
    }

    @Test
    void isLoggedOnceWhenItBeginsAndOnceWhenItEnds() {
        outage.retrying(cause, 1);
        outage.retrying(cause, 2);
        outage.retrying(cause, 1);
        assertThat(outage.failure()).contains(cause);
        outage.answered(2);
        assertThat(outage.failure()).as("while the other call is retried").contains(cause);
        outage.answered(1);

        assertThat(outage.failure()).isEmpty();
        assertThat(lines())
                .containsExactly(
                        "WARN store unavailable, consumption paused, 1 call will be retried: connection refused",
                        "INFO store available again");
        assertThat(changes).hasValue(2);
    }

    @Test
    void isLoggedAgainAfterHalfAMinute() {
        outage.retrying(cause, 1);
        outage.retrying(cause, 1);
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        outage.retrying(cause, 2);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        outage.retrying(cause, 2);
        outage.retrying(cause, 3);

        assertThat(lines())
                .containsExactly(
                        "WARN store unavailable, consumption paused, 1 call will be retried: connection refused",
                        "WARN store unavailable, consumption paused, 2 calls will be retried: connection refused");
    }

    @Test
    void lastsUntilTheNextSuccessEvenIfACallGaveUp() {
        outage.retrying(cause, 1);
        outage.gaveUp(cause, 1);
        outage.gaveUp(cause, 0);
        assertThat(outage.failure()).contains(cause);
        outage.answered(0);

        assertThat(outage.failure()).isEmpty();
        assertThat(lines()).hasSize(2).last().isEqualTo("INFO store available again");
    }

    @Test
    void aFailureThatIsNotRetriedIsAnOutageToo() {
        outage.gaveUp(cause, 0);

        assertThat(lines()).containsExactly("WARN store unavailable, consumption paused: connection refused");
    }

    private List<String> lines() {
        return appender.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
