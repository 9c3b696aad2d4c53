package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The built jar, run as a separate process with its own environment. */
final class JarProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "alertstream.jar").toAbsolutePath();

    private static final List<String> COMMAND = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-jar",
            JAR.toString());

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private JarProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.start();
    }

    /** Starts the jar in the directory with these settings; nothing is inherited from this process's environment. */
    static JarProcess start(Path directory, Map<String, String> settings, String... arguments) throws IOException {
        assertThat(JAR).as("the fat jar, built by the package phase").exists();
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(List.of(arguments));
        return run(directory, settings, command);
    }

    /** Runs another command the same way, such as a shell that starts the jar. */
    static JarProcess run(Path directory, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new JarProcess(builder.start());
    }

    /** The command that runs the jar, quoted for a shell. */
    static String shellCommand() {
        assertThat(JAR).as("the fat jar, built by the package phase").exists();
        return COMMAND.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    /** Writes a line to its standard input. */
    void send(String line) throws IOException {
        process.outputWriter().append(line).append('\n').flush();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            synchronized (lines) {
                lines.add("(output cut off: " + e + ")");
            }
        }
    }

    /** Waits until an output line matches the pattern. */
    Matcher await(String regex, Duration limit) throws InterruptedException {
        Pattern pattern = Pattern.compile(regex);
        long deadline = System.nanoTime() + limit.toNanos();
        int next = 0;
        synchronized (lines) {
            while (true) {
                for (; next < lines.size(); next++) {
                    Matcher matcher = pattern.matcher(lines.get(next));
                    if (matcher.find()) {
                        return matcher;
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0 || (!process.isAlive() && !reader.isAlive())) {
                    throw new AssertionError("no line with " + regex + " in\n" + output());
                }
                lines.wait(Math.min(left, 1000));
            }
        }
    }

    /** Waits for the process to exit. */
    int exitStatus(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("exited within %s; its output:%n%s", limit, output())
                .isTrue();
        reader.join(limit.toMillis());
        return process.exitValue();
    }

    /** Asks it to stop, as Kubernetes does. */
    JarProcess terminate() {
        // Through its handle: Process.destroy would also cut off its output.
        process.toHandle().destroy();
        return this;
    }

    /** Kills it at once, as a power cut would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Kills it and its child processes. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        kill();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
