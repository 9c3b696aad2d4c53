package io.alertstream.server.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.server.formats.AlertFields;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** A page of somebody else's about the same thing. A link only: nothing is loaded from there. */
record Elsewhere(String name, String address) {

    /** Pages about the alert's object: those of brokers, by its id, and the Minor Planet Center's, by its designation. */
    static List<Elsewhere> of(IndexedRecord alert) {
        List<Elsewhere> pages = new ArrayList<>();
        objectId(alert).ifPresent(id -> {
            pages.add(new Elsewhere("Lasair", "https://lasair.lsst.ac.uk/objects/" + id + "/"));
            pages.add(new Elsewhere("Fink", "https://lsst.fink-portal.org/" + id));
            pages.add(new Elsewhere("ALeRCE", "https://lsst.alerce.online/object/" + id + "?survey=lsst"));
        });
        SolarSystem.designation(alert)
                .ifPresent(name -> pages.add(new Elsewhere(
                        "Minor Planet Center",
                        "https://www.minorplanetcenter.net/db_search/show_object?object_id="
                                + URLEncoder.encode(name, UTF_8).replace("+", "%20"))));
        return pages;
    }

    /** The id of the object beyond the solar system, in decimal digits. */
    static Optional<String> objectId(IndexedRecord alert) {
        return AlertFields.record(alert, "diaSource")
                .flatMap(source -> AlertFields.text(source, "diaObjectId"))
                .filter(id -> id.matches("[1-9][0-9]*"));
    }
}
