package io.alertstream.avro.sample;

import static io.alertstream.avro.sample.DecodedSamples.id;
import static io.alertstream.avro.sample.DecodedSamples.number;
import static io.alertstream.avro.sample.DecodedSamples.record;
import static io.alertstream.avro.sample.DecodedSamples.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a scientist would check first: does a packet agree with itself, and with what the survey is known to see? */
class AlertContentTest {

    private static final Percentage FLOAT = Percentage.withPercentage(0.001);

    /** Of a young survey. */
    private static List<GenericRecord> young;

    private static List<GenericRecord> mature;

    /** All of them. */
    private static List<GenericRecord> alerts;

    @BeforeAll
    static void decode() {
        young = DecodedSamples.some().stream().map(DecodedSamples::decode).toList();
        mature = DecodedSamples.mature().stream().map(DecodedSamples::decode).toList();
        alerts = Stream.concat(young.stream(), mature.stream()).toList();
    }

    @Test
    void everyAlertIsADetection() {
        for (GenericRecord source : sources().toList()) {
            double flux = number(source, "psfFlux");
            double snr = number(source, "snr");
            assertThat(snr).isGreaterThanOrEqualTo(5);
            assertThat(Math.abs(flux) / number(source, "psfFluxErr")).isCloseTo(snr, FLOAT);
            assertThat(source.get("isNegative")).isEqualTo(flux < 0);
            assertThat(number(source, "reliability")).isBetween(0.0, 1.0);
        }
    }

    @Test
    void everySourceHasItsMeasurementsAndFlags() {
        for (GenericRecord source : sources().toList()) {
            assertThat(number(source, "exposureTime")).isEqualTo(30);
            assertThat(source.get("reliabilityVersion")).hasToString("sample-1");
            boolean trailed = source.get("trailLength") != null;
            assertThat(source.get("trailAlgorithm")).isEqualTo(trailed ? 2 : null);
            assertThat(source.get("trail_flag")).isEqualTo(false);
            // Both are errors on the sky, and the sample's are the same in all directions.
            assertThat(source.get("raErr")).isEqualTo(source.get("decErr"));
        }
    }

    @Test
    void fluxErrorsFollowTheDepthOfTheBand() {
        for (GenericRecord alert : alerts) {
            for (GenericRecord source : records(alert, "prvDiaForcedSources")) {
                Band band = band(source);
                double sky = number(source, "psfFluxErr");
                double photons = Math.max(0, number(source, "scienceFlux")) * band.fluxPerElectron();
                double faint = Math.sqrt(Math.max(0, sky * sky - photons));
                assertThat(faint).isBetween(0.4 * band.fluxError(), 2.2 * band.fluxError());
            }
        }
    }

    @Test
    void scienceIsTemplatePlusDifference() {
        for (GenericRecord source : sources().toList()) {
            double sum = number(source, "templateFlux") + number(source, "psfFlux");
            assertThat(number(source, "scienceFlux")).isCloseTo(sum, offset(0.01 * number(source, "psfFluxErr")));
        }
    }

    @Test
    void theVisitHasOneBandAndItsHistoryAllSix() {
        Set<Object> now = new HashSet<>();
        Set<Object> before = new HashSet<>();
        for (GenericRecord alert : alerts) {
            GenericRecord source = record(alert, "diaSource");
            now.add(source.get("band").toString());
            assertThat(id(source, "visit")).isEqualTo(2026032200100L);
            records(alert, "prvDiaSources")
                    .forEach(past -> before.add(past.get("band").toString()));
        }
        assertThat(now).containsExactly("r");
        assertThat(before).containsExactlyInAnyOrder("u", "g", "r", "i", "z", "y");
    }

    @Test
    void positionsAreInTheFieldAndOnTheirDetectors() {
        double minDec = 90;
        double maxDec = -90;
        for (GenericRecord alert : alerts) {
            GenericRecord source = record(alert, "diaSource");
            assertThat(number(source, "x")).isBetween(0.0, (double) FocalPlane.COLUMNS);
            assertThat(number(source, "y")).isBetween(0.0, (double) FocalPlane.ROWS);
            assertThat((int) source.get("detector")).isBetween(0, 188);
            minDec = Math.min(minDec, number(source, "dec"));
            maxDec = Math.max(maxDec, number(source, "dec"));
            for (GenericRecord past : records(alert, "prvDiaSources")) {
                assertThat(number(past, "dec")).isCloseTo(number(source, "dec"), offset(0.5 / 3600));
                assertThat(number(past, "ra")).isCloseTo(number(source, "ra"), offset(0.5 / 3600));
            }
        }
        assertThat(maxDec - minDec).isBetween(3.2, 4.2);
    }

    @Test
    void historiesSpanMonthsInOrderAndEndBeforeTheVisit() {
        double longest = 0;
        for (GenericRecord alert : alerts) {
            double now = number(record(alert, "diaSource"), "midpointMjdTai");
            for (String kind : List.of("prvDiaSources", "prvDiaForcedSources")) {
                double last = 0;
                for (GenericRecord past : records(alert, kind)) {
                    double time = number(past, "midpointMjdTai");
                    assertThat(time).isGreaterThan(last).isBetween(now - 365, now - 0.02);
                    assertThat(past.get("diaObjectId"))
                            .isEqualTo(record(alert, "diaObject").get("diaObjectId"));
                    last = time;
                    longest = Math.max(longest, now - time);
                }
            }
        }
        assertThat(longest).isGreaterThan(90);
    }

    @Test
    void everySourceOfTheHistoryHasAForcedOne() {
        for (GenericRecord alert : mature) {
            Set<Object> forced = new HashSet<>();
            records(alert, "prvDiaForcedSources").forEach(past -> forced.add(past.get("visit")));
            records(alert, "prvDiaSources").forEach(past -> assertThat(forced).contains(past.get("visit")));
        }
    }

    @Test
    void objectsSummarizeTheirHistory() {
        for (GenericRecord alert : alerts) {
            GenericRecord object = record(alert, "diaObject");
            if (object == null) {
                continue;
            }
            GenericRecord now = record(alert, "diaSource");
            List<GenericRecord> sources = Stream.concat(records(alert, "prvDiaSources").stream(), Stream.of(now))
                    .toList();
            assertThat(object.get("nDiaSources")).isEqualTo(sources.size());
            assertThat(object.get("diaObjectId")).isEqualTo(now.get("diaObjectId"));
            assertThat(object.get("diaObjectId")).isEqualTo(sources.get(0).get("diaSourceId"));
            boolean timed = mature.contains(alert);
            assertThat(object.get("firstDiaSourceMjdTai"))
                    .isEqualTo(timed ? sources.get(0).get("midpointMjdTai") : null);
            assertThat(object.get("lastDiaSourceMjdTai")).isEqualTo(timed ? now.get("midpointMjdTai") : null);
            for (Band band : Band.values()) {
                summarized(object, sources, band);
            }
        }
    }

    private static void summarized(GenericRecord object, List<GenericRecord> sources, Band band) {
        String prefix = band.letter() + "_";
        List<GenericRecord> here =
                sources.stream().filter(source -> band(source) == band).toList();
        assertThat(object.get(prefix + "psfFluxNdata")).isEqualTo(here.size());
        if (here.isEmpty()) {
            assertThat(object.get(prefix + "psfFluxMean")).isNull();
            assertThat(object.get(prefix + "psfFluxMin")).isNull();
            return;
        }
        double weights = here.stream().mapToDouble(AlertContentTest::weight).sum();
        double mean = here.stream()
                        .mapToDouble(source -> weight(source) * number(source, "psfFlux"))
                        .sum()
                / weights;
        double error = 1 / Math.sqrt(weights);
        assertThat(number(object, prefix + "psfFluxMean"))
                .isCloseTo(mean, offset(1e-3 * error + 1e-4 * Math.abs(mean)));
        assertThat(number(object, prefix + "psfFluxMeanErr")).isCloseTo(error, FLOAT);
        assertThat(number(object, prefix + "psfFluxMin"))
                .isEqualTo(here.stream()
                        .mapToDouble(s -> number(s, "psfFlux"))
                        .min()
                        .orElseThrow());
        assertThat(number(object, prefix + "psfFluxMax"))
                .isEqualTo(here.stream()
                        .mapToDouble(s -> number(s, "psfFlux"))
                        .max()
                        .orElseThrow());
        assertThat(object.get(prefix + "psfFluxSigma") == null).isEqualTo(here.size() < 2);
    }

    @Test
    void asteroidsBelongToNoObjectAndHaveAnOrbit() {
        int asteroids = 0;
        for (GenericRecord alert : alerts) {
            GenericRecord source = record(alert, "diaSource");
            GenericRecord asteroid = record(alert, "ssSource");
            if (asteroid == null) {
                assertThat(source.get("ssObjectId")).isEqualTo(0L);
                assertThat(alert.get("mpc_orbits")).isNull();
                assertThat(alert.get("diaObject")).isNotNull();
                continue;
            }
            asteroids++;
            assertThat(alert.get("diaObject")).isNull();
            assertThat(alert.get("prvDiaSources")).isNull();
            assertThat(source.get("diaObjectId")).isEqualTo(0L);
            assertThat(asteroid.get("diaSourceId")).isEqualTo(source.get("diaSourceId"));
            assertThat(asteroid.get("ssObjectId")).isEqualTo(source.get("ssObjectId"));
            assertThat(number(asteroid, "ephDec")).isCloseTo(number(source, "dec"), offset(2.0 / 3600));
            assertThat(number(asteroid, "helioRange")).isBetween(2.0, 3.4);
            assertThat(number(asteroid, "topoRange")).isBetween(1.0, 4.0);
            assertThat(number(asteroid, "elongation")).isGreaterThan(85);
            assertThat(number(asteroid, "ephRate")).isBetween(0.01, 0.5);
            assertThat(number(asteroid, "helio_vtot")).isBetween(10.0, 25.0);
            GenericRecord orbit = record(alert, "mpc_orbits");
            assertThat(orbit.get("designation").toString()).matches("20\\d\\d [A-Y][A-Z]\\d{0,2}");
            assertThat(orbit.get("packed_primary_provisional_designation").toString())
                    .matches("K\\d\\d[A-Y][0-9A-Z]\\d[A-Z]");
            assertThat(number(orbit, "e")).isBetween(0.0, 0.5);
            assertThat(number(orbit, "q")).isCloseTo(number(orbit, "a") * (1 - number(orbit, "e")), FLOAT);
        }
        assertThat((double) asteroids / alerts.size()).isBetween(0.02, 0.08);
    }

    @Test
    void mostOfAYoungSurveysAlertsAreNewAndHaveNoForcedPhotometry() {
        assertThat(share(young, alert -> records(alert, "prvDiaSources").isEmpty()))
                .isBetween(0.75, 0.9);
        assertThat(share(young, alert -> records(alert, "prvDiaSources").size() > 10))
                .isBetween(0.02, 0.1);
        assertThat(young).allSatisfy(alert -> assertThat((List<?>) alert.get("prvDiaForcedSources"))
                .isEmpty());
    }

    @Test
    void mostOfAMatureSurveysAlertsHaveALightCurve() {
        assertThat(share(mature, alert -> records(alert, "prvDiaSources").isEmpty()))
                .isBetween(0.1, 0.5);
        assertThat(share(mature, alert -> records(alert, "prvDiaSources").size() > 10))
                .isBetween(0.4, 0.8);
    }

    @Test
    void someAlertsAreArtefacts() {
        assertThat(share(alerts, alert -> (boolean) record(alert, "diaSource").get("isDipole")))
                .isBetween(0.05, 0.2);
        assertThat(share(alerts, alert -> (boolean) record(alert, "diaSource").get("pixelFlags_cr")))
                .isBetween(0.1, 0.3);
    }

    private static double share(List<GenericRecord> all, Predicate<GenericRecord> which) {
        return (double) all.stream().filter(which).count() / all.size();
    }

    /** Sources of the visit and of all histories. */
    private static Stream<GenericRecord> sources() {
        return alerts.stream()
                .flatMap(alert ->
                        Stream.concat(Stream.of(record(alert, "diaSource")), records(alert, "prvDiaSources").stream()));
    }

    private static double weight(GenericRecord source) {
        double error = number(source, "psfFluxErr");
        return 1 / (error * error);
    }

    private static Band band(GenericRecord source) {
        return Band.valueOf(source.get("band").toString().toUpperCase(Locale.ROOT));
    }
}
