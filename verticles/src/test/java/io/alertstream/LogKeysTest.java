package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Operators rely on the keys of log lines, so the reference lists every key and no others. */
class LogKeysTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path REFERENCE = Path.of("..", "docs", "operations.md");
    private static final Pattern KEY = Pattern.compile("addKeyValue\\(\\s*\"(\\w+)\"");
    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `(\\w+)` \\|.*$");

    @Test
    void everyKeyIsDocumented() throws IOException {
        String reference = Files.readString(REFERENCE);
        String section = reference.substring(reference.indexOf("## Logs"));

        assertThat(used())
                .hasSizeGreaterThan(6)
                .isEqualTo(LISTED.matcher(section.split("(?m)^## ", 3)[1])
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<String> used() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            Set<String> keys = new TreeSet<>();
            for (Path source : sources) {
                KEY.matcher(Files.readString(source))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .forEach(keys::add);
            }
            return keys;
        }
    }
}
