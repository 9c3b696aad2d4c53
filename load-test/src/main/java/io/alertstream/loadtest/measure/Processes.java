package io.alertstream.loadtest.measure;

import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Figure.Better;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** CPU time and memory of processes on this machine, including this one, since {@link #begin}. */
public final class Processes {

    private static final double MEGABYTE = 1e6;

    private final Map<String, Watched> processes = new LinkedHashMap<>();

    private record Watched(ProcessHandle handle, Duration cpu, OptionalLong bytes) {}

    /**
     * @param pids by a name to show
     * @throws IllegalArgumentException if one of them doesn't exist
     */
    public Processes(Map<String, Long> pids) {
        processes.put("load-test", started(ProcessHandle.current()));
        pids.forEach((name, pid) -> processes.put(
                name,
                started(ProcessHandle.of(pid)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "--pid " + name + "=" + pid + ": there is no such process")))));
    }

    /** Counts from now on. */
    public void begin() {
        processes.replaceAll((name, process) -> started(process.handle()));
    }

    private static Watched started(ProcessHandle handle) {
        return new Watched(handle, cpu(handle).orElse(Duration.ZERO), residentBytes(handle));
    }

    /** What they used since then. */
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        processes.forEach((name, process) -> {
            cpu(process.handle())
                    .ifPresent(cpu -> figures.add(new Figure(
                            "cpu." + name, cpu.minus(process.cpu()).toMillis() / 1000.0, "s", Better.LOWER)));
            OptionalLong now = residentBytes(process.handle());
            if (now.isPresent() && process.bytes().isPresent()) {
                figures.add(new Figure("memory." + name, now.getAsLong() / MEGABYTE, "MB", Better.LOWER));
                double growth = (now.getAsLong() - process.bytes().getAsLong()) / MEGABYTE;
                figures.add(new Figure("memory." + name + ".growth", growth, "MB", Better.NEITHER));
            }
        });
        return figures;
    }

    private static Optional<Duration> cpu(ProcessHandle process) {
        return process.info().totalCpuDuration();
    }

    /** The resident set, where the system has {@code /proc}. */
    private static OptionalLong residentBytes(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
