package io.alertstream.server.pages;

import io.alertstream.avro.profile.AlertFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** A solar system object: the position and the orbit that the packet has. */
final class SolarSystem {

    private final List<LabeledValue> facts = new ArrayList<>();

    private SolarSystem() {}

    /** The Minor Planet Center's designation. */
    static Optional<String> designation(IndexedRecord alert) {
        return AlertFields.record(alert, "ssSource")
                .flatMap(source -> AlertFields.text(source, "designation"))
                .or(() -> orbit(alert)
                        .flatMap(orbit -> AlertFields.text(
                                orbit, "designation", "unpacked_primary_provisional_designation", "mpcDesignation")));
    }

    /** Empty if the packet has none of its values. */
    static List<LabeledValue> of(IndexedRecord alert) {
        SolarSystem all = new SolarSystem();
        AlertFields.record(alert, "ssSource").ifPresent(all::addPlace);
        orbit(alert).ifPresent(all::addOrbit);
        if (!all.facts.isEmpty()) {
            designation(alert).ifPresent(name -> all.facts.add(0, new LabeledValue("Designation", name)));
        }
        return all.facts;
    }

    private static Optional<IndexedRecord> orbit(IndexedRecord alert) {
        return AlertFields.record(alert, "mpc_orbits", "MPCORB");
    }

    private void addPlace(IndexedRecord source) {
        add("Distance from the Sun", " au", 4, source, "helioRange", "heliocentricDist");
        add("Distance from Earth", " au", 4, source, "topoRange", "topocentricDist");
        add("Phase angle", "°", 1, source, "phaseAngle");
        add("Solar elongation", "°", 1, source, "elongation", "solarElongation");
        add("Predicted magnitude", " V", 2, source, "ephVmag", "predictedVMagnitude");
    }

    private void addOrbit(IndexedRecord orbit) {
        add("Semi-major axis", " au", 4, orbit, "a");
        add("Perihelion", " au", 4, orbit, "q");
        add("Eccentricity", "", 4, orbit, "e");
        add("Inclination", "°", 3, orbit, "i", "incl");
        add("Ascending node", "°", 3, orbit, "node");
        add("Argument of perihelion", "°", 3, orbit, "argperi", "peri");
        add("Absolute magnitude H", "", 2, orbit, "h", "mpcH");
    }

    private void add(String name, String unit, int digits, IndexedRecord record, String... fields) {
        AlertFields.number(record, fields)
                .ifPresent(value -> facts.add(new LabeledValue(name, NumberText.fixed(value, digits) + unit)));
    }
}
