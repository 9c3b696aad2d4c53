package io.alertstream.server.pages;

import io.alertstream.avro.profile.AlertFields;
import io.alertstream.avro.profile.AlertView;
import io.alertstream.avro.profile.Sighting;
import io.alertstream.server.formats.Tai;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.generic.IndexedRecord;

/** The most important values of an alert that the packet has. */
final class AlertSummary {

    private final List<LabeledValue> facts = new ArrayList<>();

    private AlertSummary() {}

    static List<LabeledValue> of(AlertView alert) {
        AlertSummary all = new AlertSummary();
        alert.source().ifPresent(source -> all.addSource(source, alert.object()));
        SolarSystem.designation(alert.alert()).ifPresent(name -> all.add("Solar system object", name));
        return all.facts;
    }

    private void addSource(Sighting seen, Optional<String> object) {
        IndexedRecord source = seen.record();
        seen.mjdTai().ifPresent(mjd -> {
            add("Seen", NumberText.date(mjd) + " TAI");
            add("UTC", Tai.utc(mjd).map(NumberText::date));
            add("MJD", NumberText.fixed(mjd, 6) + " TAI");
        });
        add("Band", seen.band());
        Brightness brightness = Brightness.of(seen);
        measured("Difference flux", brightness.flux(), brightness.fluxError(), " nJy");
        measured("Difference magnitude", brightness.magnitude(), brightness.magnitudeError(), " AB");
        AlertFields.number(source, "snr").ifPresent(ratio -> add("Signal to noise", NumberText.fixed(ratio, 1)));
        AlertFields.number(source, "reliability").ifPresent(score -> add("Reliability", NumberText.fixed(score, 2)));
        add("Object", object.filter(id -> !id.equals("0")));
        add("Solar system id", id(source, "ssObjectId"));
        add("Visit", id(source, "visit", "ccdVisitId"));
        add("Detector", AlertFields.text(source, "detector"));
    }

    /** A missing id is 0 in some schema versions and null in others. */
    private static Optional<String> id(IndexedRecord source, String... names) {
        return AlertFields.text(source, names).filter(id -> !id.equals("0"));
    }

    private void measured(String name, OptionalDouble value, OptionalDouble error, String unit) {
        value.ifPresent(known -> add(name, NumberText.measured(known, error.orElse(0)) + unit));
    }

    private void add(String name, Optional<String> value) {
        value.ifPresent(known -> add(name, known));
    }

    private void add(String name, String value) {
        facts.add(new LabeledValue(name, value));
    }
}
