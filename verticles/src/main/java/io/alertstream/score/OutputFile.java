package io.alertstream.score;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A broker's output in a text file: one line for each alert. */
final class OutputFile {

    /** Longer lines aren't lines of ids, and aren't kept. */
    private static final int MAX_LINE = 256;

    private final Path path;

    OutputFile(Path path) {
        this.path = path;
    }

    /**
     * Scores every line.
     *
     * @return number of lines
     * @throws ScoreException if the file can't be read
     */
    long read(Scores scores) {
        long number = 0;
        // Any bytes are characters of this encoding: a file that isn't text has lines without ids.
        try (BufferedReader in = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            for (Optional<String> line = next(in); line.isPresent(); line = next(in)) {
                number++;
                score(line.get(), number, scores);
            }
            return number;
        } catch (IOException e) {
            throw new ScoreException("%s, which SCORE_OUTPUT names, can't be read: %s".formatted(path, e));
        }
    }

    private static void score(String line, long number, Scores scores) {
        if (!line.isBlank()) {
            OutputIds.ofLine(line)
                    .ifPresentOrElse(
                            found -> scores.delivered(found.id(), found.millis()),
                            () -> scores.unreadable("line " + number + ": " + OutputIds.LINE_FORM));
        }
    }

    /** The next line, up to its limit; empty at the end. */
    private static Optional<String> next(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        int read = in.read();
        if (read < 0) {
            return Optional.empty();
        }
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (line.length() <= MAX_LINE) {
                line.append((char) read);
            }
        }
        return Optional.of(line.toString());
    }
}
