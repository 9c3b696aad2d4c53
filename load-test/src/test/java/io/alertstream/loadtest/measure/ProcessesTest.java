package io.alertstream.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.loadtest.report.Figure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessesTest {

    @Test
    void countsTheCpuTimeOfThisAndOtherProcesses() {
        Processes processes = new Processes(Map.of("me", ProcessHandle.current().pid()));
        assertThat(processes.figures()).extracting(Figure::name).contains("cpu.load-test", "cpu.me");
        assertThat(processes.figures())
                .allSatisfy(figure -> assertThat(figure.value()).isFinite());
    }

    @Test
    void countsFromItsBeginning() {
        Processes processes = new Processes(Map.of());
        double used = 0;
        while (used < 0.2) {
            used = cpu(processes);
        }
        processes.begin();
        assertThat(cpu(processes)).isLessThan(used);
    }

    private static double cpu(Processes processes) {
        return processes.figures().stream()
                .filter(figure -> figure.name().equals("cpu.load-test"))
                .mapToDouble(Figure::value)
                .sum();
    }

    @Test
    void aMissingProcessIsRefused() {
        assertThatThrownBy(() -> new Processes(Map.of("server", Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server=" + Long.MAX_VALUE);
    }
}
