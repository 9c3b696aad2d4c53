package io.alertstream.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.alertstream.settings.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/**
 * Adds the key {@code role} to every event that lacks it: the role of the logger's package, or all roles of the
 * process for libraries and shared packages. It distinguishes the lines of several roles in one log.
 */
final class RoleOfEvent extends Filter<ILoggingEvent> {

    private static final String KEY = "role";
    private static final String ROOMS = "io.alertstream.";

    /** Roles by package: {@code schemasync} is {@code schema-sync}'s. */
    private static final Map<String, String> BY_PACKAGE = Arrays.stream(Role.values())
            .map(Role::toString)
            .collect(Collectors.toMap(role -> role.replace("-", ""), Function.identity()));

    private final String process;

    /**
     * @param process the value of {@code ROLE}
     */
    RoleOfEvent(String process) {
        this.process = process;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (event instanceof LoggingEvent changeable && lacksRole(event)) {
            changeable.addKeyValuePair(new KeyValuePair(KEY, role(event.getLoggerName())));
        }
        return FilterReply.NEUTRAL;
    }

    private static boolean lacksRole(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null || pairs.stream().noneMatch(pair -> pair.key.equals(KEY));
    }

    private String role(String logger) {
        return Optional.of(logger)
                .filter(name -> name.startsWith(ROOMS))
                .map(name -> name.substring(ROOMS.length()).split("\\.", 2)[0])
                .map(BY_PACKAGE::get)
                .orElse(process);
    }
}
