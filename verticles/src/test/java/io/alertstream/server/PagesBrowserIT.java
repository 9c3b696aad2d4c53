package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.Origin;
import io.alertstream.server.limits.Limits;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The pages in a real browser, one for all tests. */
class PagesBrowserIT {

    private static final long ID = 11;

    /** An alert with one point in its light curve, which is in the middle of the plot. */
    private static final long ALONE = 12;

    /** An alert that is fainter than its template, and has no history. */
    private static final long FAINTER = 13;

    /** An alert with a point in each band. */
    private static final long BANDS = 14;

    private static final long OBJECT = 4_711;

    @TempDir
    static Path directory;

    private static ServedArchive served;
    private static Browser browser;

    @BeforeAll
    static void open() {
        browser = Browser.open();
        served = new ServedArchive(directory, Limits.DEFAULT);
        await(served.archive.putSchema(ShownAlerts.V11, ShownAlerts.SCHEMA.toString()));
        put(ID, ShownAlerts.withHistory(40));
        put(ALONE, ShownAlerts.bare());
        GenericRecord fainter = ShownAlerts.bare();
        ((GenericRecord) fainter.get("diaSource")).put("psfFlux", -100f);
        put(FAINTER, fainter);
        put(BANDS, bands());
    }

    private static GenericRecord bands() {
        GenericRecord alert = ShownAlerts.withHistory(6);
        ((GenericRecord) alert.get("diaSource")).put("diaObjectId", OBJECT);
        int band = 0;
        for (Object earlier : (List<?>) alert.get("prvDiaSources")) {
            ((GenericRecord) earlier).put("band", "ugrizy".substring(band, ++band));
        }
        return alert;
    }

    private static void put(long id, GenericRecord alert) {
        await(served.archive.putAlert(
                id, ShownAlerts.packet(ShownAlerts.V11, alert), new Origin("alerts-simulated", 0, 17, 900)));
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

    /** Holds after every test. */
    @AfterEach
    void noErrorsAreLoggedAndNothingComesFromElsewhere() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isNotEmpty().allMatch(address -> address.startsWith(home()));
    }

    @Test
    void thePageOfAnAlertIsShown() {
        show(ID);

        assertThat(browser.find("h1").getText()).isEqualTo("Alert 11");
        browser.until("the cutouts are there", () -> is("[...document.images].every(i => i.naturalWidth === 420)"));
        assertThat(browser.find("#plot canvas").isDisplayed()).isTrue();
        assertThat(browser.findAll("#legend label")).isNotEmpty();
        assertThat(browser.find(".images img").getDomAttribute("alt")).isEqualTo("science cutout");
    }

    @Test
    void anotherStretchNeedsNoReload() {
        show(ID);
        browser.run("window.same = true");

        browser.find("[data-stretch=linear]").click();

        assertThat(browser.find(".images img").getDomProperty("src")).contains("stretch=linear");
        assertThat(browser.driver().getCurrentUrl()).endsWith("?stretch=linear");
        assertThat(is("window.same")).isTrue();
        browser.until("the cutouts are there", () -> is("[...document.images].every(i => i.naturalWidth === 420)"));
    }

    @Test
    void thePointerShowsAPointsValues() {
        show(ALONE);
        WebElement plot = browser.find("#plot .u-over");

        // The driver moves the pointer to the middle of the visible part, not of the plot.
        browser.run("arguments[0].scrollIntoView({block: 'center'})", plot);

        // The plot notices the scrolling only a moment later.
        browser.until("the point is under the pointer", () -> {
            new Actions(browser.driver())
                    .moveToElement(plot, 3, 3)
                    .moveToElement(plot)
                    .perform();
            return browser.find("#readout").getText().contains("MJD");
        });
        assertThat(browser.find("#readout").getText())
                .contains("MJD", " ± ", "nJy", "this alert")
                .doesNotContain("NaN");
    }

    @Test
    void fluxesAndMagnitudesAreDrawn() {
        show(ID);
        Object fluxes = drawn();

        browser.find("#quantity label:nth-of-type(2)").click();

        assertThat(browser.find("[value=difference-magnitude]").isSelected()).isTrue();
        assertThat(drawn()).isNotEqualTo(fluxes);
        browser.find("#quantity label").click();
        assertThat(drawn()).isEqualTo(fluxes);
        browser.find("#legend label").click();
        assertThat(drawn()).isNotEqualTo(fluxes);
    }

    /** Not everybody can distinguish the colours. */
    @Test
    void bandsDifferInShape() {
        show(BANDS);

        Object signs = browser.run("return [...document.querySelectorAll('#legend label svg > *')]"
                + ".map(sign => sign.tagName + sign.getAttribute('points'))");
        assertThat((List<?>) signs).hasSize(6).doesNotHaveDuplicates();

        browser.run("""
                window.outlines = new Set();
                let corners = [];
                const paint = CanvasRenderingContext2D.prototype;
                const {beginPath, lineTo, closePath} = paint;
                paint.beginPath = function() { corners = []; beginPath.call(this); };
                paint.lineTo = function(x, y) { corners.push([x, y]); lineTo.call(this, x, y); };
                paint.closePath = function() {
                    // Forced photometry is drawn smaller: shapes are compared at one size.
                    const sides = corners.map(([x, y]) => [x - corners[0][0], y - corners[0][1]]);
                    const size = Math.max(...sides.map(([x, y]) => Math.hypot(x, y)));
                    window.outlines.add(sides.map(([x, y]) => Math.round(20 * x / size) + ' '
                        + Math.round(20 * y / size)).join());
                    closePath.call(this);
                };
                """);
        browser.find("#quantity label:nth-of-type(2)").click();
        assertThat(browser.run("return [...window.outlines]"))
                .as("outlines in the plot; g is a circle")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(5);
    }

    @Test
    void aTimeRangeIsZoomed() {
        show(ID);
        Object all = drawn();
        WebElement plot = browser.find("#plot .u-over");

        new Actions(browser.driver())
                .moveToElement(plot)
                .clickAndHold()
                .moveByOffset(200, 0)
                .release()
                .moveToElement(browser.find("h2"))
                .perform();

        assertThat(drawn()).isNotEqualTo(all);
        new Actions(browser.driver())
                .doubleClick(plot)
                .moveToElement(browser.find("h2"))
                .perform();
        browser.run("document.activeElement.blur()");
        assertThat(drawn()).isEqualTo(all);
    }

    @Test
    void pointsThatCantBeShownAreCounted() {
        show(FAINTER);

        assertThat(browser.find("#not-shown").getText()).isEmpty();
        browser.find("#quantity label:nth-of-type(2)").click();

        assertThat(browser.find("#not-shown").getText()).startsWith("1 of 1 points can't be shown: no magnitude");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api", "connect", "alerts/11", "alerts/12", "alerts/4711", "alerts/404"})
    void axeFindsNoProblems(String path) {
        for (String scheme : List.of("light", "dark")) {
            for (int width : new int[] {1280, 390}) {
                try {
                    browser.look(scheme, width);
                    show(BANDS); // The object is known once one of its alerts was shown.
                    browser.show(home() + path);
                    assertThat(browser.hindrances())
                            .as("%s, %d wide", scheme, width)
                            .isEmpty();
                } finally {
                    browser.look("light", 1280);
                }
            }
        }
        if (path.equals("alerts/404")) {
            browser.complaints(); // Chromium logs every 404.
        }
    }

    @Test
    void linesAreCopiedOrSelected() {
        browser.show(home() + "api");

        WebElement button = browser.find(".lines button");
        button.click();

        browser.until("it is copied", () -> List.of("Copied", "Selected").contains(button.getText()));
    }

    @Test
    void theRecordIsSearched() {
        show(ID);
        int all = visibleFields();

        browser.find("#search-field").sendKeys("snr signal-to-noise");

        assertThat(visibleFields()).isEqualTo(1);
        assertThat(browser.find("#found").getText()).startsWith("1 of ");
        browser.find("#search-field").clear();
        browser.find("#search-field").sendKeys(" ");
        assertThat(visibleFields()).isEqualTo(all);
        browser.find("#only-values").click();
        assertThat(visibleFields()).isBetween(1, all - 1);
    }

    @Test
    void theKeyboardReachesEverything() {
        show(ID);

        press(Keys.TAB);
        assertThat(focused()).isEqualTo("Skip to the content");
        assertThat(browser.driver().switchTo().activeElement().getCssValue("outline-style"))
                .isEqualTo("solid");
        press(Keys.ENTER);
        assertThat(is("document.activeElement.id === 'main'")).isTrue();
        while (!is("document.activeElement.id === 'plot'")) {
            press(Keys.TAB);
            assertThat(is("document.activeElement !== document.body"))
                    .as("the plot is reached")
                    .isTrue();
        }
        press(Keys.ARROW_RIGHT);
        String first = browser.find("#readout").getText();
        press(Keys.ARROW_RIGHT);
        assertThat(browser.find("#readout").getText())
                .contains("nJy")
                .isNotEqualTo(first)
                .doesNotContain("Point at");
    }

    @Test
    void theSearchBoxFindsAnAlert() {
        show(ID);

        browser.find("#search-id").sendKeys("LSST-AP-DS-12" + Keys.ENTER);

        browser.until(
                "the other alert's page", () -> browser.driver().getCurrentUrl().endsWith("/alerts/12"));
    }

    @Test
    void itFitsAPhoneAndDarkMode() {
        show(ID);
        String light = browser.find("body").getCssValue("background-color");
        try {
            browser.look("dark", 390);
            assertThat(browser.find("body").getCssValue("background-color")).isNotEqualTo(light);
            assertThat(is("document.documentElement.scrollWidth <= 390")).isTrue();
            browser.until(
                    "the plot fits",
                    () -> is("document.querySelector('#plot .uplot').getBoundingClientRect().width < 390"));
        } finally {
            browser.look("light", 1280);
        }
    }

    @Test
    void everythingIsThereWithoutScripts() {
        browser.scripts(false);
        try {
            show(ID);

            browser.find("summary").click();
            assertThat(browser.find(".points tbody tr").isDisplayed()).isTrue();
            assertThat(browser.findAll("#filter, #plot, #quantity, #readout, #legend"))
                    .hasSize(5)
                    .noneMatch(WebElement::isDisplayed);
            browser.find("[data-stretch=linear]").click();
            assertThat(browser.find("#stretches [aria-current]").getText()).isEqualTo("linear");
        } finally {
            browser.scripts(true);
        }
    }

    private static void show(long id) {
        browser.show(home() + "alerts/" + id);
    }

    private static boolean is(String expression) {
        return Boolean.TRUE.equals(browser.run("return " + expression));
    }

    private static Object drawn() {
        return browser.run("return document.querySelector('#plot canvas').toDataURL()");
    }

    private static int visibleFields() {
        Object count = browser.run("return [...document.querySelectorAll('#fields tr:not(.group) th[scope=row]')]"
                + ".filter(e => e.offsetParent !== null).length");
        return ((Number) count).intValue();
    }

    private static void press(Keys key) {
        new Actions(browser.driver()).sendKeys(key).perform();
    }

    private static String focused() {
        return browser.driver().switchTo().activeElement().getText();
    }

    private static String home() {
        return "http://127.0.0.1:" + served.port() + "/";
    }
}
