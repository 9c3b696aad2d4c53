package io.alertstream.server.pages;

import io.alertstream.server.formats.AlertFields;
import io.alertstream.server.formats.Cutout;
import io.alertstream.server.formats.Stretch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/** What the page for an alert shows: the template {@code alert.peb} lays it out. */
public final class AlertPage {

    /** As astronomers line them up: what was seen, what was there before, what is left. */
    private static final List<Cutout> ORDER = List.of(Cutout.SCIENCE, Cutout.TEMPLATE, Cutout.DIFFERENCE);

    /**
     * A cutout's place on the page.
     *
     * @param there the packet has it
     * @param picture it can be shown
     */
    record Image(String name, boolean there, boolean picture) {

        static Image of(Cutout cutout, IndexedRecord alert) {
            return new Image(cutout.lowerCase(), cutout.of(alert).isPresent(), cutout.isPicture(alert));
        }
    }

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
        model.put("facts", Facts.of(alert));
        model.put(
                "position",
                AlertFields.record(alert, "diaSource").flatMap(SkyPosition::of).orElse(null));
        model.put("curve", curve);
        model.put("previous", curve.previous().orElse(null));
        model.put("next", curve.next().orElse(null));
        model.put(
                "images",
                ORDER.stream().map(cutout -> Image.of(cutout, alert)).toList());
        model.put("stretch", stretch.lowerCase());
        model.put(
                "stretches",
                Arrays.stream(Stretch.values()).map(Stretch::lowerCase).toList());
        model.put("record", RecordTable.of(alert));
        return model;
    }
}
