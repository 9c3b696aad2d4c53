package io.alertstream.server.pages;

import io.alertstream.server.formats.Cutout;
import io.alertstream.server.formats.Stretch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.generic.IndexedRecord;

/** What the page for an alert shows: the template {@code alert.peb} lays it out. */
public final class AlertPage {

    /** As astronomers line them up: what was seen, what was there before, what is left. */
    private static final List<Cutout> ORDER = List.of(Cutout.SCIENCE, Cutout.TEMPLATE, Cutout.DIFFERENCE);

    private final List<Fact> facts = new ArrayList<>();

    /** Something worth knowing before all else. */
    record Fact(String name, String value) {}

    /**
     * A cutout's place on the page.
     *
     * @param there the packet has it
     */
    record Image(String name, boolean there) {}

    private AlertPage() {}

    /**
     * The page's model.
     *
     * @param id of the alert in the archive
     * @param alert of any schema version; what it doesn't have is left out
     * @param stretch of the cutouts
     */
    public static Map<String, Object> of(long id, IndexedRecord alert, Stretch stretch) {
        LightCurve curve = LightCurve.of(alert);
        Map<String, Object> model = new HashMap<>();
        model.put("id", Long.toString(id));
        model.put("schema", alert.getSchema().getFullName());
        model.put("facts", facts(alert));
        model.put(
                "position",
                Fields.record(alert, "diaSource").flatMap(SkyPosition::of).orElse(null));
        model.put("curve", curve);
        model.put("previous", curve.previous().orElse(null));
        model.put("next", curve.next().orElse(null));
        model.put(
                "images",
                ORDER.stream()
                        .map(cutout ->
                                new Image(cutout.lowerCase(), cutout.of(alert).isPresent()))
                        .toList());
        model.put("stretch", stretch.lowerCase());
        model.put(
                "stretches",
                Arrays.stream(Stretch.values()).map(Stretch::lowerCase).toList());
        model.put("record", RecordTable.of(alert));
        return model;
    }

    private static List<Fact> facts(IndexedRecord alert) {
        AlertPage page = new AlertPage();
        Fields.record(alert, "diaSource").ifPresent(page::ofSource);
        Fields.record(alert, "ssSource")
                .flatMap(source -> Fields.text(source, "designation"))
                .ifPresent(name -> page.add("Solar system object", name));
        return page.facts;
    }

    private void ofSource(IndexedRecord source) {
        Fields.number(source, "midpointMjdTai", "midPointTai").ifPresent(mjd -> {
            add("Seen", Figures.date(mjd) + " TAI");
            add("MJD", Figures.fixed(mjd, 6));
        });
        add("Band", Fields.text(source, "band", "filterName"));
        Brightness brightness = Brightness.of(source);
        measured("Difference flux", brightness.flux(), brightness.fluxError(), " nJy");
        measured("Magnitude", brightness.magnitude(), brightness.magnitudeError(), " AB");
        Fields.number(source, "snr").ifPresent(ratio -> add("Signal to noise", Figures.fixed(ratio, 1)));
        Fields.number(source, "reliability").ifPresent(score -> add("Reliability", Figures.fixed(score, 2)));
        add("Object", id(source, "diaObjectId"));
        add("Solar system id", id(source, "ssObjectId"));
        add("Visit", id(source, "visit", "ccdVisitId"));
        add("Detector", Fields.text(source, "detector"));
    }

    /** Ids of nothing are 0 in some schema versions, null in others. */
    private static Optional<String> id(IndexedRecord source, String... names) {
        return Fields.text(source, names).filter(id -> !id.equals("0"));
    }

    private void measured(String name, OptionalDouble value, OptionalDouble error, String unit) {
        value.ifPresent(known -> add(name, Figures.measured(known, error.orElse(0)) + unit));
    }

    private void add(String name, Optional<String> value) {
        value.ifPresent(known -> add(name, known));
    }

    private void add(String name, String value) {
        facts.add(new Fact(name, value));
    }
}
