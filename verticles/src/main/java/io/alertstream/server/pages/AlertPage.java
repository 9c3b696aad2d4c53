package io.alertstream.server.pages;

import io.alertstream.avro.profile.AlertView;
import io.alertstream.server.formats.Cutout;
import io.alertstream.server.formats.Stretch;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The model of an alert's page, for the template {@code alert.peb}. */
public final class AlertPage {

    /** The usual order: the new image, the template, the difference. */
    private static final List<Cutout> ORDER = List.of(Cutout.SCIENCE, Cutout.TEMPLATE, Cutout.DIFFERENCE);

    /** The stretches on offer; the difference is always drawn about zero. */
    private static final List<Stretch> STRETCHES = List.of(Stretch.LINEAR, Stretch.ASINH, Stretch.ZSCALE);

    /** How many earlier detections are looked up in the archive. */
    private static final int EARLIER = 4;

    private static final int LATER = 2;

    /**
     * A cutout's place on the page.
     *
     * @param there whether the packet has it
     * @param picture whether it can be shown
     * @param stretched whether the chosen stretch applies, rather than one about zero
     * @param marks null where the sky in the picture isn't known
     */
    record Image(String name, boolean there, boolean picture, String stretch, boolean stretched, CutoutMarks marks) {

        static Image of(Cutout cutout, AlertView alert, Stretch chosen, Optional<SkyPosition> position) {
            boolean stretched = cutout != Cutout.DIFFERENCE;
            return new Image(
                    cutout.lowerCase(),
                    alert.cutout(cutout.lowerCase()).isPresent(),
                    cutout.isPicture(alert),
                    (stretched ? chosen : Stretch.SIGNED).lowerCase(),
                    stretched,
                    CutoutMarks.of(cutout, alert, position).orElse(null));
        }
    }

    private AlertPage() {}

    /** Ids of the alerts of the same object that are nearest in time, from the packet. */
    public static Set<String> neighbours(AlertView alert) {
        LightCurvePoints curve = LightCurvePoints.of(alert);
        return Stream.concat(curve.earlier().limit(EARLIER), curve.later().limit(LATER))
                .map(LightCurvePoints.Point::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The id of the alert's object beyond the solar system. */
    public static Optional<String> objectId(AlertView alert) {
        return ExternalLink.objectId(alert);
    }

    /**
     * The page's model.
     *
     * @param id of the alert in the archive
     * @param alert of any schema version; missing values are omitted
     * @param stretch of the science and the template cutout
     * @param archived those of {@link #neighbours} that are in the archive
     */
    public static Map<String, Object> of(long id, AlertView alert, Stretch stretch, Set<String> archived) {
        LightCurvePoints curve = LightCurvePoints.of(alert);
        Optional<SkyPosition> position = SkyPosition.ofAlert(alert);
        Map<String, Object> model = new HashMap<>();
        model.put("id", Long.toString(id));
        model.put("schema", alert.alert().getSchema().getFullName());
        model.put("facts", AlertSummary.of(alert));
        model.put("position", position.orElse(null));
        model.put("elsewhere", ExternalLink.of(alert));
        model.put("solarSystem", SolarSystem.of(alert.alert()));
        model.put("curve", curve);
        model.put("archived", archived);
        model.put("earlier", curve.earlier().count());
        model.put("previous", first(curve.earlier(), archived));
        model.put("next", first(curve.later(), archived));
        model.put(
                "images",
                ORDER.stream()
                        .map(cutout -> Image.of(cutout, alert, stretch, position))
                        .toList());
        model.put("stretch", stretch.lowerCase());
        model.put("stretches", STRETCHES.stream().map(Stretch::lowerCase).toList());
        model.put("record", RecordTable.of(alert.alert()));
        return model;
    }

    private static LightCurvePoints.Point first(Stream<LightCurvePoints.Point> points, Set<String> archived) {
        return points.filter(point -> archived.contains(point.id())).findFirst().orElse(null);
    }
}
