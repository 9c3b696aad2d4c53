package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The build's last test, since this module is the last: reads the reports of all modules and prints one line with the
 * skipped tests and why. With {@code -Dall} it fails for each skipped test whose {@code Class: reason} doesn't match
 * the regular expression {@code -Dall.except}.
 */
class SkippedIT {

    private static final Path ROOT = Path.of("..");
    private static final Set<String> REPORTS = Set.of("surefire-reports", "failsafe-reports");
    private static final int REASON_LENGTH = 120;

    private record Skipped(String test, String reason) {}

    @Test
    void skippedTestsAreListedAtTheEnd() throws Exception {
        List<Skipped> skipped = new ArrayList<>();
        for (Path report : reports()) {
            skipped.addAll(read(report));
        }
        if (!skipped.isEmpty()) {
            System.out.println(summary(skipped));
        }
        if (System.getProperty("all") != null) {
            Pattern allowed = Pattern.compile(System.getProperty("all.except", "(?!)"));
            assertThat(skipped).as("with -Dall nothing is skipped").allMatch(test -> allowed.matcher(
                            test.test() + ": " + test.reason())
                    .find());
        }
    }

    /** The reports of this build only: older ones, of tests since renamed, may still exist. */
    private static List<Path> reports() throws IOException {
        Instant start = Instant.parse(System.getProperty("build.start", Instant.EPOCH.toString()));
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> found = new ArrayList<>();
            for (Path module : modules.toList()) {
                for (String directory : REPORTS) {
                    found.addAll(reports(module.resolve("target").resolve(directory), start));
                }
            }
            return found;
        }
    }

    private static List<Path> reports(Path directory, Instant start) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().matches("TEST-.*\\.xml")
                        && !Files.getLastModifiedTime(file).toInstant().isBefore(start)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static List<Skipped> read(Path report) throws IOException, SAXException, ParserConfigurationException {
        NodeList skipped = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("skipped");
        return IntStream.range(0, skipped.getLength())
                .mapToObj(skipped::item)
                .map(Element.class::cast)
                .map(element -> new Skipped(
                        simpleName(((Element) element.getParentNode()).getAttribute("classname")),
                        reason(element.getAttribute("message"))))
                .toList();
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static String reason(String message) {
        String line = message.replace("Assumption failed: ", "")
                .strip()
                .lines()
                .findFirst()
                .orElse("no reason given");
        return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH) + "...";
    }

    private static String summary(List<Skipped> skipped) {
        Map<String, Set<String>> byReason = new TreeMap<>();
        skipped.forEach(test -> byReason.computeIfAbsent(test.reason(), reason -> new TreeSet<>())
                .add(test.test()));
        return "SKIPPED " + skipped.size() + " tests: "
                + byReason.entrySet().stream()
                        .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                        .collect(Collectors.joining("; "));
    }
}
