package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.Origin;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.server.limits.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system page in a real browser. */
@KafkaTest
class SystemPageBrowserIT {

    private static final long ID = 11;
    private static final String MARKUP = "<img src=x onerror=\"document.title='owned'\">";

    @TempDir
    Path directory;

    @Test
    void thePageFollowsTheSystem(TestKafka kafka) throws Exception {
        try (Browser browser = Browser.open();
                WatchedKafka watched = new WatchedKafka(kafka);
                ServedArchive served = new ServedArchive(directory, Limits.DEFAULT, watched.settings())) {
            String home = "http://127.0.0.1:" + served.port() + "/";
            await(served.archive.putSchema(ShownAlerts.V11, ShownAlerts.SCHEMA.toString()));
            await(served.archive.putAlert(
                    ID,
                    ShownAlerts.packet(ShownAlerts.V11, ShownAlerts.record()),
                    new Origin("alerts-simulated", 0, 17, 900)));
            browser.show(home);
            assertThat(text(browser, "[data-value='replayed.alerts']")).isEqualTo("0");
            browser.until("the page is live", () -> text(browser, "#live").equals("Live"));
            assertThat(browser.find("[data-when='visit.state=unknown']").isDisplayed())
                    .isTrue();

            watched.send(watched.replayTopic, 9);
            watched.read(MARKUP, 2);
            Bus bus = Bus.of(served.vertx);
            bus.publish(new Fact.VisitPlanned("t", Optional.of(Duration.ofMinutes(10)), false));
            bus.publish(new Fact.AlertsArchived(9, 1, 0, 0, List.of(ID)));

            browser.until("nine alerts are replayed", () -> text(browser, "[data-value='replayed.alerts']")
                    .equals("9"));
            browser.until("the group is seven behind", () -> browser.findAll("#group-rows tr").stream()
                    .map(row -> row.getText())
                    .anyMatch(row -> row.contains(MARKUP) && row.contains("no members") && row.contains("7")));
            assertThat(browser.run("""
                    const seen = (is) => {
                        const state = document.createElement('span');
                        state.className = 'state';
                        if (is) {
                            state.dataset.is = is;
                        }
                        document.body.append(state);
                        const {backgroundColor, color} = getComputedStyle(state);
                        state.remove();
                        return backgroundColor + color;
                    };
                    return [seen('no members') === seen(''), seen('falls behind') === seen('')];"""))
                    .as("a group without members isn't highlighted, one that falls behind is")
                    .isEqualTo(List.of(true, false));
            browser.until("both pictures are there", () -> Long.valueOf(2)
                    .equals(browser.run("return [...document.querySelectorAll('#latest-alerts img')]"
                            + ".filter(image => image.naturalWidth > 0).length")));
            assertThat(browser.find("#latest-alerts a").getDomAttribute("href")).isEqualTo("/alerts/" + ID);
            assertThat(text(browser, "#countdown")).matches("(600|59\\d) s");
            assertThat(browser.driver().getTitle()).startsWith("System");
            for (int width : new int[] {390, 1280}) {
                browser.look(width == 390 ? "dark" : "light", width);
                assertThat(browser.run("return document.documentElement.scrollWidth"))
                        .as("page width without overflow")
                        .isEqualTo((long) width);
                assertThat(browser.run("""
                        const right = document.querySelector('.scrolls').getBoundingClientRect().right;
                        return [...document.querySelectorAll('.groups thead th')]
                            .map(heading => heading.getBoundingClientRect())
                            .filter(box => box.width > 0 && box.right <= right + 1).length"""))
                        .as("every heading of the groups' table is visible at %d px", width)
                        .isEqualTo(6L);
            }
            browser.run("document.getElementById('search-id').value = '11';"
                    + "document.querySelector('[role=search]').requestSubmit()");
            browser.until(
                    "the alert's page", () -> browser.driver().getCurrentUrl().equals(home + "alerts/" + ID));

            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).isNotEmpty().allMatch(address -> address.startsWith(home));
            watched.forget(MARKUP);
        }
    }

    private static String text(Browser browser, String selector) {
        return browser.find(selector).getText();
    }
}
