package io.alertstream.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.alertstream.settings.LogLevel;
import java.util.List;
import java.util.function.Consumer;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs to standard output, one event per line. Our own loggers follow {@code LOG_LEVEL}; libraries log warnings and
 * errors only, unless the level is {@code trace}.
 */
public final class Logging {

    private static final String OURS = "io.alertstream";

    /**
     * One event per line: line breaks in messages and stack traces become bars. Both expressions match a run of characters
     * only from its start and never backtrack, so that a hostile message takes linear time.
     */
    private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %-20logger{0} "
            + "%replace(%replace(%msg %kvp{NONE} %ex{short}){'[\\r\\n]\\s*+',' | '}){'(?<![ |])[ |]++$',''}%nopex%n";

    /** Loggers whose warnings are about normal situations. */
    private static final List<String> OVERANXIOUS = List.of(
            // The metadata log of a new broker is empty.
            "org.apache.kafka.controller.QuorumController",
            // Two consumers race to create an internal topic.
            "kafka.server.DefaultAutoTopicCreationManager",
            // Meters that Vert.x registers for each of its event buses.
            "io.micrometer.core.instrument.MeterRegistry");

    /** Logs refused client passwords at level INFO, where operators look for them first. */
    private static final String AUTHENTICATION = "org.apache.kafka.common.network.Selector";

    private static volatile Consumer<OutOfMemoryError> onOutOfMemory = error -> {};

    private Logging() {}

    /** Calls the handler for every OutOfMemoryError that is logged as a cause, by any library. */
    public static void onOutOfMemory(Consumer<OutOfMemoryError> handler) {
        onOutOfMemory = handler;
    }

    /**
     * Sets format and level.
     *
     * @param role the roles of this process; empty while they aren't known
     */
    public static void configure(LogLevel level, LogFormat format, String role) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        start(context, new ConsoleAppender<>(), format, role);
        OVERANXIOUS.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
        setLevel(level);
    }

    /** Makes the appender write all events in this format. */
    static void start(
            LoggerContext context, OutputStreamAppender<ILoggingEvent> appender, LogFormat format, String role) {
        appender.setContext(context);
        appender.setEncoder(format == LogFormat.JSON ? json(context) : text(context));
        appender.addFilter(new OutOfMemoryFilter(error -> onOutOfMemory.accept(error)));
        appender.addFilter(new ExpectedWarnings());
        if (!role.isEmpty()) {
            appender.addFilter(new RoleOfEvent(role));
        }
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    /** Silences a logger whose messages are expected from now on. */
    public static void mute(String logger) {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(logger).setLevel(Level.OFF);
    }

    /** Changes the level of the running process. */
    public static void setLevel(LogLevel level) {
        setLevel((LoggerContext) LoggerFactory.getILoggerFactory(), level);
    }

    static void setLevel(LoggerContext context, LogLevel level) {
        context.getLogger(OURS).setLevel(Level.valueOf(level.name()));
        context.getLogger(AUTHENTICATION).setLevel(level.compareTo(LogLevel.INFO) > 0 ? Level.WARN : Level.INFO);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level == LogLevel.TRACE ? Level.DEBUG : Level.WARN);
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(TEXT);
        encoder.start();
        return encoder;
    }

    /** Field names as Google's logging agent reads them: severity and message. */
    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        LogstashFieldNames names = new LogstashFieldNames();
        names.setTimestamp("time");
        names.setLevel("severity");
        names.setVersion(null);
        names.setLevelValue(null);
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.setFieldNames(names);
        encoder.start();
        return encoder;
    }
}
