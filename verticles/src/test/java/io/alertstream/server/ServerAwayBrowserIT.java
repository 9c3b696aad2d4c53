package io.alertstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.server.limits.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system page shows when its server is gone. */
class ServerAwayBrowserIT {

    @TempDir
    Path directory;

    @Test
    void theCountdownStops() {
        try (Browser browser = Browser.open()) {
            try (ServedArchive served = new ServedArchive(directory, Limits.DEFAULT)) {
                browser.show("http://127.0.0.1:" + served.port() + "/");
                browser.until(
                        "the page is live",
                        () -> browser.find("#live").getText().equals("Live"));
                Bus.of(served.vertx).publish(new Fact.VisitPlanned("t", Optional.of(Duration.ofMinutes(10)), false));
                browser.until(
                        "it counts", () -> browser.find("#countdown").getText().matches("(600|59\\d) s"));
            }
            browser.until("it stops", () -> browser.find("#countdown").getText().equals("–"));
            assertThat(browser.find("#live").getText()).startsWith("Not connected");
        }
    }
}
