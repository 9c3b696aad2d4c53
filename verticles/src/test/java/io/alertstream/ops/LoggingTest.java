package io.alertstream.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import io.alertstream.settings.LogLevel;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

class LoggingTest {

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "io.alertstream.ingester.Intake, ingester",
        "io.alertstream.schemasync.SchemaSynchronizer, schema-sync",
        "io.alertstream.server.pages.Page, server",
        "io.alertstream.kafka.GroupMember, 'replayer,ingester'",
        "io.alertstream.Alertstream, 'replayer,ingester'",
        "org.apache.kafka.clients.NetworkClient, 'replayer,ingester'",
    })
    void everyLineHasARole(String logger, String role) {
        logger(LogFormat.TEXT, logger).warn("something happened");
        assertThat(text()).contains("something happened").contains("role=" + role);

        written.reset();
        context.reset();
        logger(LogFormat.JSON, logger).warn("something happened");
        assertThat(new JsonObject(text()).getString("role")).isEqualTo(role);
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void anExplicitRoleIsNotRepeated(LogFormat format) {
        logger(format, "io.alertstream.ops.Progress")
                .atInfo()
                .addKeyValue("role", "loader")
                .log("half");

        assertThat(text()).containsOnlyOnce("loader").doesNotContain("ingester");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "|", "\n", "\r\n \t", " | "})
    void aHostileMessageTakesLinearTime(String piece) {
        String message = "a" + piece.repeat(1_000_000 / piece.length()) + "b";

        // Quadratic time would take many minutes.
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> logger(LogFormat.TEXT, "io.alertstream.Main")
                .warn(message));

        assertThat(text().lines()).singleElement().asString().contains(" a").contains("b");
    }

    @Test
    void lineBreaksBecomeBars() {
        logger(LogFormat.TEXT, "io.alertstream.Main").warn("one\r\n  two\n\nthree\n");

        assertThat(text().lines()).singleElement().asString().contains("one | two | three");
    }

    @ParameterizedTest
    @CsvSource({"io.vertx.core.impl.BlockedThreadChecker, BlockedThreadChecker", "short.A, A"})
    void aLoggersNameIsNotTruncated(String logger, String shown) {
        logger(LogFormat.TEXT, logger).warn("something happened");

        assertThat(text()).contains(" " + shown + " ");
    }

    @Test
    void expectedErrorsDuringARecreationAreNotWarnings() {
        Logger fetches = logger(LogFormat.TEXT, "org.apache.kafka.clients.consumer.internals.FetchCollector");

        fetches.warn(
                "[Consumer clientId=c-3, groupId=null] Received inconsistent topic ID error in fetch for partition x-0");
        assertThat(text()).isEmpty();

        fetches.warn(
                "[Consumer clientId=c-3, groupId=archive] Received inconsistent topic ID error in fetch for partition x-0");
        fetches.warn("[Consumer clientId=c-3, groupId=null] Connection to node -1 could not be established");
        assertThat(text().lines()).hasSize(2);
    }

    @Test
    void aFailedAuthenticationIsOneLine() {
        Logger network = logger(LogFormat.TEXT, "org.apache.kafka.common.network.Selector");
        Logger other = context.getLogger("org.apache.kafka.common.network.Sender");
        Logging.setLevel(context, LogLevel.INFO);

        network.info("[SocketServer nodeId=1] Failed authentication with /10.0.0.1 (invalid credentials)");
        other.info("something else");

        assertThat(text().lines()).singleElement().asString().contains("Failed authentication with /10.0.0.1");
    }

    private Logger logger(LogFormat format, String name) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setOutputStream(written);
        Logging.start(context, appender, format, "replayer,ingester");
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        return context.getLogger(name);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
