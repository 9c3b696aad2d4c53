package io.alertstream.server.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.avro.profile.AlertView;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A link to a page on another site. Nothing is loaded from there. */
record ExternalLink(String name, String address) {

    /** Pages about the alert's object: those of brokers, by its id, and the Minor Planet Center's, by its designation. */
    static List<ExternalLink> of(AlertView alert) {
        List<ExternalLink> pages = new ArrayList<>();
        objectId(alert).ifPresent(id -> new TreeMap<>(alert.profile().pages())
                .forEach((name, address) ->
                        pages.add(new ExternalLink(name, address.replace("{object}", URLEncoder.encode(id, UTF_8))))));
        SolarSystem.designation(alert.alert())
                .ifPresent(name -> pages.add(new ExternalLink(
                        "Minor Planet Center",
                        "https://www.minorplanetcenter.net/db_search/show_object?object_id="
                                + URLEncoder.encode(name, UTF_8).replace("+", "%20"))));
        return pages;
    }

    /** The id of the object beyond the solar system. */
    static Optional<String> objectId(AlertView alert) {
        return alert.object().filter(id -> !id.matches("-?[0-9]+") || id.matches("[1-9][0-9]*"));
    }
}
