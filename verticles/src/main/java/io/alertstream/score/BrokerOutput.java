package io.alertstream.score;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a broker writes the alerts that it accepted: the values of {@code SCORE_OUTPUT}. */
sealed interface BrokerOutput {

    Pattern FORM = Pattern.compile("(topic|file):(.{1,4096})");

    /** A Kafka topic with one message per alert. */
    record Topic(String name) implements BrokerOutput {}

    /** A text file with one line per alert. */
    record File(Path path) implements BrokerOutput {}

    /** Reads a location; empty if it isn't one. */
    static Optional<BrokerOutput> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String where = matcher.group(2);
        if (matcher.group(1).equals("file")) {
            return Optional.of(new File(Path.of(where)));
        }
        return where.matches("[a-zA-Z0-9._-]{1,249}") ? Optional.of(new Topic(where)) : Optional.empty();
    }
}
