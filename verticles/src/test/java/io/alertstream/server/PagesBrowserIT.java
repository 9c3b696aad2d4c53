package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.Origin;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser, one for all tests. */
class PagesBrowserIT {

    private static final long ID = 11;

    @TempDir
    static Path directory;

    private static ServedArchive served;
    private static Browser browser;

    @BeforeAll
    static void open() {
        browser = Browser.open();
        served = new ServedArchive(directory, Limits.DEFAULT);
        await(served.archive.putSchema(ShownAlerts.V11, ShownAlerts.SCHEMA.toString()));
        await(served.archive.putAlert(
                ID,
                ShownAlerts.packet(ShownAlerts.V11, ShownAlerts.record()),
                new Origin("alerts-simulated", 0, 17, 900)));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (served != null) {
            served.close();
        }
    }

    /** Whatever a test did. */
    @AfterEach
    void nothingIsComplainedAboutAndNothingComesFromElsewhere() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isNotEmpty().allMatch(address -> address.startsWith(home()));
    }

    @Test
    void thePageOfAnAlertIsShown() {
        browser.show(home() + "alerts/" + ID);

        assertThat(browser.find("h1").getText()).contains("11");
    }

    private static String home() {
        return "http://127.0.0.1:" + served.port() + "/";
    }
}
