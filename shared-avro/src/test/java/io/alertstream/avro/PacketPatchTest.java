package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.sample.SampleVisit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketPatchTest {

    private static final long SEED = 20261127;
    private static final long[] NUMBERS = {0, 1, -1, 63, 64, 8191, 8192, Long.MAX_VALUE, Long.MIN_VALUE};

    private static final List<String> HISTORIES = List.of("prvDiaSources", "prvDiaForcedSources");

    /** Visits of a night as they are in the static topic. */
    private static final List<VisitNumber> NIGHT = Stream.of(2025_12_31_00100L, 2025_12_31_00101L, 2026_01_01_00007L)
            .map(number -> VisitNumber.of(number).orElseThrow())
            .toList();

    private final Random random = new Random(SEED);
    private final Map<VisitNumber, VisitNumber> numbers = new HashMap<>();
    private final Map<Long, Double> shifts = new HashMap<>();
    private final RenumberedVisits visits = new RenumberedVisits();

    /** Publishes the first two visits of the night under other numbers, of any length. */
    private void renumber() {
        for (VisitNumber visit : NIGHT.subList(0, 2)) {
            VisitNumber number =
                    new VisitNumber(LocalDate.of(2010, 1, 1).plusDays(random.nextInt(10_000)), 1 + random.nextInt(800));
            double days = random.nextGaussian() * 1000;
            numbers.put(visit, number);
            shifts.put(visit.number(), days);
            visits.put(visit.number(), number, days);
        }
    }

    /** The bundled versions, and those of the shared data if it is available. */
    private static List<AlertSchema> versions() {
        List<AlertSchema> versions = new ArrayList<>(SchemaCatalog.bundled().schemas());
        Path more = Path.of(System.getProperty("shared.data", "../../shared/data"), "schemas-all");
        if (Files.exists(more)) {
            for (String version : List.of("9/0", "10/0")) {
                versions.addAll(SchemaCatalog.read(more.resolve(version)).schemas());
            }
        } else {
            System.err.println("PacketPatchTest knows only the bundled schemas: " + more + " isn't there");
        }
        return versions;
    }

    private long number() {
        return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextLong() >> random.nextInt(64);
    }

    @Test
    void onlyTheVisitsFieldsChangeInRandomAlertsOfEveryVersion() {
        renumber();
        int entries = 0;
        for (AlertSchema version : versions()) {
            Schema schema = version.schema();
            PacketPatch patch = PacketPatch.of(schema);
            for (Object datum : new RandomData(schema, 200, SEED)) {
                GenericRecord alert = (GenericRecord) datum;
                relate(alert);
                long id = number();
                long visit = number();
                double days = random.nextGaussian() * 1000;
                byte[] packet = WireFormat.write(version.id(), Avro.encode(schema, alert));
                byte[] blocks = WireFormat.write(version.id(), Avro.encodeInBlocks(schema, alert));
                byte[] patched = patch.find(packet).with(id, visit, days, visits);
                byte[] patchedBlocks = patch.find(blocks).with(id, visit, days, visits);
                GenericRecord expected = expected(schema, alert, id, visit, days);

                assertThat(patched)
                        .as("alert %s of %s, seed %d", alert.get("diaSourceId"), version.version(), SEED)
                        .isEqualTo(WireFormat.write(version.id(), Avro.encode(schema, expected)));
                assertThat(AlertDecoder.of(schema).decode(patchedBlocks))
                        .isEqualTo(AlertDecoder.of(schema).decode(patched));
                PatchablePacket own = patch.find(packet.clone());
                assertThat(own.changedTo(id, visit, days, visits))
                        .as("in place")
                        .isEqualTo(patched);
                assertThat(own.with(id, visit, days, visits))
                        .as("a copy after that")
                        .isEqualTo(patched);
                entries += entriesOfTheNight(alert);
            }
        }
        assertThat(entries).as("entries of renumbered visits").isGreaterThan(500);
    }

    private static List<GenericRecord> entries(GenericRecord alert) {
        List<GenericRecord> entries = new ArrayList<>();
        for (String history : HISTORIES) {
            if (alert.hasField(history) && alert.get(history) instanceof Collection<?> list) {
                list.forEach(entry -> entries.add((GenericRecord) entry));
            }
        }
        return entries;
    }

    private int entriesOfTheNight(GenericRecord alert) {
        return (int) entries(alert).stream()
                .filter(entry -> shifts.containsKey((Long) entry.get("visit")))
                .count();
    }

    /** An id of an alert of the night, of a visit that was renumbered or not. */
    private long idOfNight() {
        VisitNumber visit = NIGHT.get(random.nextInt(NIGHT.size()));
        return visit.alertId(random.nextLong() >>> 1, random.nextInt(189), random.nextInt(VisitNumber.MAX_COUNTER + 1));
    }

    /** Makes half of the alerts refer to themselves where real ones do. */
    private void relate(GenericRecord alert) {
        GenericRecord source = (GenericRecord) alert.get("diaSource");
        if (random.nextBoolean()) {
            source.put("diaSourceId", alert.get("diaSourceId"));
        }
        if (random.nextBoolean()) {
            source.put("diaObjectId", source.get("diaSourceId"));
        }
        if (alert.get("diaObject") instanceof GenericRecord object) {
            if (random.nextBoolean()) {
                object.put("diaObjectId", alert.get("diaSourceId"));
            }
            for (String time : List.of("firstDiaSourceMjdTai", "lastDiaSourceMjdTai")) {
                if (object.hasField(time) && random.nextBoolean()) {
                    object.put(time, source.get("midpointMjdTai"));
                }
            }
        }
        relateHistories(alert, source);
    }

    /** Makes entries belong to visits of the night, with objects first seen in it. */
    private void relateHistories(GenericRecord alert, GenericRecord source) {
        for (GenericRecord entry : entries(alert)) {
            if (random.nextBoolean()) {
                entry.put("visit", NIGHT.get(random.nextInt(NIGHT.size())).number());
            }
            for (String id : List.of("diaSourceId", "diaForcedSourceId", "diaObjectId", "parentDiaSourceId")) {
                if (entry.hasField(id) && random.nextBoolean()) {
                    entry.put(id, random.nextInt(4) > 0 ? idOfNight() : alert.get("diaSourceId"));
                }
            }
            if (alert.get("diaObject") instanceof GenericRecord object
                    && object.hasField("firstDiaSourceMjdTai")
                    && random.nextBoolean()) {
                object.put("firstDiaSourceMjdTai", entry.get("midpointMjdTai"));
            }
        }
        if (random.nextInt(4) == 0) {
            source.put("diaObjectId", idOfNight());
        }
    }

    private GenericRecord expected(Schema schema, GenericRecord alert, long id, long visit, double days) {
        GenericRecord expected = GenericData.get().deepCopy(schema, alert);
        GenericRecord source = (GenericRecord) expected.get("diaSource");
        List<Object> own = List.of(alert.get("diaSourceId"), source.get("diaSourceId"));
        double midpoint = (double) source.get("midpointMjdTai");
        expected.put("diaSourceId", id);
        source.put("diaSourceId", id);
        source.put("visit", visit);
        source.put("midpointMjdTai", midpoint + days);
        move(source, "timeProcessedMjdTai", days);
        rename(source, "diaObjectId", own, id);
        rename(source, "parentDiaSourceId", own, id);
        double before = 0;
        while (-before < -days) {
            before -= 365.25;
        }
        Map<Double, Double> midpoints = new HashMap<>();
        for (GenericRecord entry : entries(expected)) {
            double shift = shifts.getOrDefault((Long) entry.get("visit"), before);
            midpoints.putIfAbsent((Double) entry.get("midpointMjdTai"), shift);
            for (String related : List.of("diaSourceId", "diaForcedSourceId", "diaObjectId", "parentDiaSourceId")) {
                rename(entry, related, own, id);
            }
            move(entry, "midpointMjdTai", shift);
            move(entry, "timeProcessedMjdTai", shift);
            NIGHT.stream()
                    .filter(one -> entry.get("visit").equals(one.number()) && numbers.containsKey(one))
                    .forEach(one -> entry.put("visit", numbers.get(one).number()));
        }
        midpoints.put(midpoint, days);
        if (expected.get("diaObject") instanceof GenericRecord object) {
            rename(object, "diaObjectId", own, id);
            move(object, "validityStartMjdTai", days);
            for (String time : List.of("firstDiaSourceMjdTai", "lastDiaSourceMjdTai")) {
                if (object.hasField(time) && object.get(time) != null) {
                    move(object, time, midpoints.getOrDefault((Double) object.get(time), before));
                }
            }
        }
        if (expected.get("ssSource") instanceof GenericRecord moving && moving.hasField("diaSourceId")) {
            if (moving.get("diaSourceId") != null) {
                moving.put("diaSourceId", id);
            }
        }
        return expected;
    }

    private static void move(GenericRecord record, String time, double days) {
        if (record.hasField(time) && record.get(time) != null) {
            record.put(time, (double) record.get(time) + days);
        }
    }

    private void rename(GenericRecord record, String field, List<Object> own, long id) {
        if (!record.hasField(field) || record.get(field) == null) {
            return;
        }
        long old = (long) record.get(field);
        if (own.contains(old)) {
            record.put(field, id);
            return;
        }
        VisitNumber number = VisitNumber.ofAlert(old).map(numbers::get).orElse(null);
        if (number != null) {
            record.put(field, number.alertId(old, (int) (old >>> 19 & 255), (int) (old & VisitNumber.MAX_COUNTER)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"candid", "candidate.candid"})
    void inAnotherSurveysAlertsIdAndTimeOfTheOwnSourceChange(String idField) {
        Schema schema = TestAlerts.schema("""
            {"type": "record", "name": "alert", "fields": [
              {"name": "objectId", "type": "string"},
              {"name": "prv_candidates", "type": ["null", {"type": "array", "items":
                {"type": "record", "name": "earlier", "fields": [
                  {"name": "jd", "type": "double"}, {"name": "candid", "type": ["null", "long"]}]}}]},
              {"name": "candid", "type": "long"},
              {"name": "candidate", "type": ["null", {"type": "record", "name": "source", "fields": [
                {"name": "jd", "type": "double"}, {"name": "fid", "type": "int"}, {"name": "candid", "type": "long"}]}]},
              {"name": "cutoutScience", "type": "bytes"}]}
            """);
        PacketPatch patch = PacketPatch.of(schema, AlertProfile.bundled("ztf").withId(idField));
        int changed = 0;
        for (Object datum : new RandomData(schema, 200, SEED)) {
            GenericRecord alert = (GenericRecord) datum;
            if (!(alert.get("candidate") instanceof GenericRecord source)) {
                continue;
            }
            long id = number();
            double days = random.nextGaussian() * 1000;
            PatchablePacket found = patch.find(WireFormat.write(1, Avro.encode(schema, alert)));
            assertThat(found.processedMjdTai()).isEqualTo((double) source.get("jd") - 2_400_000.5 + 37 / 86_400.0);
            byte[] patched = found.with(id, number(), days);

            source.put("candid", id);
            source.put("jd", (double) source.get("jd") + days);
            if (idField.equals("candid")) {
                alert.put("candid", id);
            }
            assertThat(patched)
                    .as("alert %d, seed %d", changed++, SEED)
                    .isEqualTo(WireFormat.write(1, Avro.encode(schema, alert)));
        }
        assertThat(changed).isGreaterThan(50);
    }

    @Test
    void unchangedValuesGiveTheSameBytes() {
        PacketPatch patch = PacketPatch.of(SampleVisit.of(1).schema());
        try (AlertStream alerts = SampleVisit.of(50).open(SampleVisit.of(1).schema(), 1101)) {
            alerts.forEachRemaining(alert -> {
                PatchablePacket found = patch.find(alert.packet());
                assertThat(found.alertId()).isEqualTo(alert.id());
                assertThat(found.detector()).isBetween(0, 188);
                assertThat(found.with(found.alertId(), found.visit(), 0)).isEqualTo(alert.packet());
            });
        }
    }

    @Test
    void numbersOfTheSameLengthAreChangedInPlace() {
        PacketPatch patch = PacketPatch.of(SampleVisit.of(1).schema());
        VisitNumber other = VisitNumber.of(2031_12_31_32767L).orElseThrow();
        try (AlertStream alerts = SampleVisit.of(50).open(SampleVisit.of(1).schema(), 1101)) {
            alerts.forEachRemaining(alert -> {
                PatchablePacket found = patch.find(alert.packet());
                long id = other.alertId(found.alertId(), found.detector(), 0);
                byte[] copy = found.with(id, other.number(), 7);
                assertThat(copy).isNotSameAs(alert.packet());
                assertThat(found.changedTo(id, other.number(), 7, visits))
                        .isSameAs(alert.packet())
                        .isEqualTo(copy);
                assertThat(found.changedTo(1, other.number(), 7, visits)).isNotSameAs(alert.packet());
            });
        }
    }

    @Test
    void visitAndDetectorOfARealPacketAreRead() throws Exception {
        byte[] packet = Files.readAllBytes(SharedData.path("packets/lsst-v9_0-diaSourceId-7912941781254298.wire"));
        Schema v9 =
                SchemaCatalog.read(SharedData.path("schemas-all/9/0")).latest().schema();
        PatchablePacket found = PacketPatch.of(v9).find(packet);
        GenericRecord source =
                (GenericRecord) AlertDecoder.of(v9).decode(packet).get("diaSource");

        assertThat(found.alertId()).isEqualTo(7912941781254298L);
        assertThat(found.visit()).isEqualTo(source.get("visit"));
        assertThat(found.detector()).isEqualTo(source.get("detector"));
        assertThat(found.processedMjdTai()).isEqualTo(source.get("timeProcessedMjdTai"));
    }

    /** Why a patch leaves the cutouts alone. */
    @Test
    void headersOfRealCutoutsHaveNoIdVisitOrTime() throws Exception {
        List<GenericRecord> alerts = realAlerts();
        assertThat(alerts).hasSizeGreaterThan(5);
        for (GenericRecord alert : alerts) {
            GenericRecord source = (GenericRecord) alert.get("diaSource");
            String day = Integer.toString(((Double) source.get("midpointMjdTai")).intValue());
            for (String cutout : List.of("cutoutDifference", "cutoutScience", "cutoutTemplate")) {
                String file = StandardCharsets.ISO_8859_1
                        .decode((ByteBuffer) alert.get(cutout))
                        .toString();
                assertThat(file)
                        .startsWith("SIMPLE")
                        .doesNotContain(alert.get("diaSourceId").toString());
                assertThat(file).doesNotContain(source.get("visit").toString());
                assertThat(file).doesNotContainPattern("= +'?" + day + "\\.");
            }
        }
    }

    private static List<GenericRecord> realAlerts() throws IOException {
        List<GenericRecord> alerts = new ArrayList<>();
        byte[] file = Files.readAllBytes(SharedData.path("packets/lsst-v10_0-2025-12-31.avro"));
        try (var stream =
                new DataFileStream<GenericRecord>(new ByteArrayInputStream(file), new GenericDatumReader<>())) {
            stream.forEach(alerts::add);
        }
        byte[] wire = Files.readAllBytes(SharedData.path("packets/lsst-v9_0-diaSourceId-7912941781254298.wire"));
        Schema v9 =
                SchemaCatalog.read(SharedData.path("schemas-all/9/0")).latest().schema();
        alerts.add(AlertDecoder.of(v9).decode(wire));
        return alerts;
    }

    @Test
    void brokenPacketsCauseNothingButARefusal() {
        Schema schema = SampleVisit.of(1).schema();
        PacketPatch patch = PacketPatch.of(schema);
        byte[] whole;
        try (AlertStream alerts = SampleVisit.of(1).open(schema, 1101)) {
            whole = alerts.next().packet();
        }
        assumeTrue(whole.length > 1000);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] broken = Arrays.copyOf(whole, random.nextInt(2000));
            for (int changes = broken.length == 0 ? 0 : random.nextInt(4); changes > 0; changes--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                patch.find(broken);
            } catch (NotAnAlertException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void withoutVisitAndTimesOnlyTheIdIsPatched() {
        Schema schema = TestAlerts.SCHEMA;
        byte[] packet = WireFormat.write(1, Avro.encode(schema, TestAlerts.alert(7, 10)));
        PatchablePacket found = PacketPatch.of(schema).find(packet);
        assertThat(found.visit()).isZero();
        assertThat(found.detector()).isEqualTo(-1);
        assertThat(found.processedMjdTai()).isEqualTo(TestAlerts.FIRST_MJD_TAI + 6 / 86_400.0);
        assertThat(AlertIdReader.of(schema).read(found.with(1L << 60, 5, 0), WireFormat.HEADER_BYTES))
                .isEqualTo(1L << 60);
    }

    @Test
    void anIdThatIsNotALongIsRefused() {
        Schema schema = TestAlerts.schema("""
            {"type": "record", "name": "alert", "fields": [{"name": "alertId", "type": "int"}]}
            """);
        assertThatThrownBy(() -> PacketPatch.of(schema))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessageContaining("alertId")
                .hasMessageContaining("of type [LONG]");
    }
}
