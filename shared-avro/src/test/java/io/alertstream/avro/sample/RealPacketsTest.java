package io.alertstream.avro.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.github.luben.zstd.Zstd;
import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertFile;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.SharedData;
import io.alertstream.avro.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares the sample with real alerts: a system sized with the sample must suit the survey. */
class RealPacketsTest {

    private static final double PERCENT = 5;
    private static final int BLOCK = 8;
    private static final List<String> CUTOUTS = List.of("cutoutDifference", "cutoutScience", "cutoutTemplate");

    /** Lines of the table that is printed at the end. */
    private static final Set<String> TABLE = new TreeSet<>();

    private static List<Packet> real;
    private static List<Packet> sample;

    /** A packet, the decoded alert, and its cutouts. */
    @SuppressWarnings("ArrayRecordComponent") // Read, never compared.
    private record Packet(byte[] bytes, GenericRecord alert, List<FitsFile> cutouts) {

        static Packet of(Alert alert, Schema schema) {
            GenericRecord decoded = DecodedSamples.decode(alert, schema);
            return new Packet(
                    alert.packet(),
                    decoded,
                    CUTOUTS.stream()
                            .map(name -> FitsFile.read(DecodedSamples.bytes(decoded, name)))
                            .toList());
        }

        double bytesOf(int part) {
            return cutouts.stream()
                    .mapToDouble(cutout -> cutout.units().get(part).dataBytes())
                    .sum();
        }

        double headers() {
            return cutouts.stream()
                    .flatMap(cutout -> cutout.units().stream())
                    .mapToDouble(FitsFile.Unit::headerBytes)
                    .sum();
        }

        double record() {
            double cutoutBytes = CUTOUTS.stream()
                    .mapToDouble(name -> DecodedSamples.bytes(alert, name).length)
                    .sum();
            return bytes.length - WireFormat.HEADER_BYTES - cutoutBytes;
        }

        Object detector() {
            return DecodedSamples.record(alert, "diaSource").get("detector");
        }
    }

    @BeforeAll
    static void read() {
        real = new ArrayList<>();
        AlertFile file = AlertFile.open(SharedData.path("packets/lsst-v10_0-2025-12-31.avro"));
        try (AlertStream alerts = file.open(file.schema(), 1000)) {
            alerts.forEachRemaining(alert -> real.add(Packet.of(alert, file.schema())));
        }
        sample = DecodedSamples.of(SampleVisit.of(2_000)).stream()
                .map(alert -> Packet.of(alert, DecodedSamples.SCHEMA))
                .toList();
    }

    @Test
    void packetsHaveTheSameSize() {
        similar("packet, mean bytes", mean(sample, packet -> packet.bytes().length), mean(real, p -> p.bytes().length));
    }

    @Test
    void packetsCompressEquallyWell() {
        similar("gzip, ratio", ratio(sample, RealPacketsTest::gzip), ratio(real, RealPacketsTest::gzip));
        similar("zstd 1, ratio", ratio(sample, bytes -> zstd(bytes, 1)), ratio(real, bytes -> zstd(bytes, 1)));
        similar("zstd 3, ratio", ratio(sample, bytes -> zstd(bytes, 3)), ratio(real, bytes -> zstd(bytes, 3)));
    }

    @Test
    void blocksOfOneDetectorCompressEquallyWell() {
        byte[] realBlock = block(realOfOneDetector());
        Map<Object, List<Packet>> detectors = new TreeMap<>();
        sample.forEach(packet -> detectors
                .computeIfAbsent(packet.detector(), d -> new ArrayList<>())
                .add(packet));
        List<byte[]> blocks = detectors.values().stream()
                .filter(packets -> packets.size() >= BLOCK)
                .map(packets ->
                        block(packets.stream().limit(BLOCK).map(Packet::bytes).toList()))
                .toList();
        assertThat(blocks).hasSizeGreaterThan(100);
        for (int level : new int[] {1, 3}) {
            double ours = blocks.stream().mapToDouble(b -> zstd(b, level)).sum()
                    / blocks.stream().mapToDouble(b -> b.length).sum();
            similar("zstd " + level + " of a block, ratio", ours, (double) zstd(realBlock, level) / realBlock.length);
        }
        double ours = blocks.stream().mapToDouble(RealPacketsTest::gzip).sum()
                / blocks.stream().mapToDouble(b -> b.length).sum();
        similar("gzip of a block, ratio", ours, (double) gzip(realBlock) / realBlock.length);
    }

    @Test
    void sectionsHaveTheSameSize() {
        Map<String, ToDoubleFunction<Packet>> fixed = Map.of(
                "headers", Packet::headers,
                "images", packet -> packet.bytesOf(0),
                "variances", packet -> packet.bytesOf(1));
        fixed.forEach((name, bytes) -> {
            row(name + ", mean bytes", mean(sample, bytes), mean(real, bytes));
            assertThat(sizes(sample, bytes)).as(name).isEqualTo(sizes(real, bytes));
        });
        row("record, mean bytes", mean(sample, Packet::record), mean(real, Packet::record));
        similar("PSFs, mean bytes", mean(sample, packet -> packet.bytesOf(2)), mean(real, packet -> packet.bytesOf(2)));
        assertThat(sizes(sample, packet -> packet.bytesOf(2))).containsAll(sizes(real, packet -> packet.bytesOf(2)));
        double[] realRecords =
                real.stream().mapToDouble(Packet::record).sorted().toArray();
        double[] records = sample.stream().mapToDouble(Packet::record).sorted().toArray();
        similar("record, median bytes", records[records.length / 2], realRecords[realRecords.length / 2]);
        assertThat(mean(sample, Packet::record)).isCloseTo(mean(real, Packet::record), withinPercentage(10));
        assertThat(records[0]).isCloseTo(realRecords[0], withinPercentage(10));
        assertThat(records[records.length - 1]).isGreaterThan(realRecords[realRecords.length - 1]);
    }

    @Test
    void headersHaveTheSameCardsInTheSameOrder() {
        for (int cutout = 0; cutout < CUTOUTS.size(); cutout++) {
            for (int part = 0; part < 3; part++) {
                assertThat(keywords(sample.get(0), cutout, part)).isEqualTo(keywords(real.get(0), cutout, part));
            }
        }
    }

    @Test
    void theSameFieldsAreNull() {
        GenericRecord theirs = ordinary(real);
        GenericRecord ours = ordinary(sample);
        assertThat(nulls(ours, theirs.getSchema())).isEqualTo(nulls(theirs, ours.getSchema()));
        for (String name : List.of("diaSource", "diaObject")) {
            GenericRecord here = DecodedSamples.record(ours, name);
            GenericRecord there = DecodedSamples.record(theirs, name);
            // The object has its measurements in the visit's band: i there, r here.
            assertThat(nulls(here, there.getSchema()))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(nulls(there, here.getSchema()).stream()
                            .map(RealPacketsTest::inTheOtherBand)
                            .toList());
        }
    }

    private static String inTheOtherBand(String field) {
        return field.startsWith("r_") ? "i_" + field.substring(2) : field.replaceFirst("^i_", "r_");
    }

    @AfterAll
    static void printTable() {
        System.out.println("The sample against %d real alerts:%n  %-22s %12s %12s %9s%n%s"
                .formatted(real.size(), "", "real", "sample", "", String.join("\n", TABLE)));
    }

    private static void similar(String what, double ours, double theirs) {
        row(what, ours, theirs);
        assertThat(ours).as(what).isCloseTo(theirs, withinPercentage(PERCENT));
    }

    private static void row(String what, double ours, double theirs) {
        String form = theirs < 1 ? "%12.3f" : "%12.0f";
        TABLE.add(("  %-22s " + form + " " + form + " %+8.1f %%")
                .formatted(what, theirs, ours, 100 * (ours / theirs - 1)));
    }

    private static double mean(List<Packet> packets, ToDoubleFunction<Packet> of) {
        return packets.stream().mapToDouble(of).average().orElseThrow();
    }

    /** The sizes that occur. */
    private static Set<Double> sizes(List<Packet> packets, ToDoubleFunction<Packet> of) {
        return packets.stream().map(of::applyAsDouble).collect(Collectors.toSet());
    }

    private static double ratio(List<Packet> packets, ToDoubleFunction<byte[]> packed) {
        return packets.stream()
                        .mapToDouble(p -> packed.applyAsDouble(p.bytes()))
                        .sum()
                / packets.stream().mapToDouble(p -> p.bytes().length).sum();
    }

    /** The real packets come from six detectors, so eight with PSFs of one size get the PSFs of the first. */
    private static List<byte[]> realOfOneDetector() {
        List<Packet> alike = real.stream()
                .filter(p -> p.bytesOf(2) == real.get(0).bytesOf(2))
                .limit(BLOCK)
                .toList();
        assertThat(alike).hasSize(BLOCK);
        return alike.stream().map(p -> withPsfs(p, alike.get(0))).toList();
    }

    private static byte[] withPsfs(Packet packet, Packet from) {
        byte[] bytes = packet.bytes().clone();
        for (String name : CUTOUTS) {
            byte[] cutout = DecodedSamples.bytes(packet.alert(), name);
            byte[] other = DecodedSamples.bytes(from.alert(), name);
            int psf = FitsFile.read(cutout).units().get(2).start();
            int at = indexOf(cutout, bytes) + psf;
            System.arraycopy(other, psf, bytes, at, other.length - psf);
        }
        return bytes;
    }

    private static int indexOf(byte[] part, byte[] whole) {
        return IntStream.rangeClosed(0, whole.length - part.length)
                .filter(at -> Arrays.equals(whole, at, at + part.length, part, 0, part.length))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] block(List<byte[]> packets) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        packets.forEach(block::writeBytes);
        return block.toByteArray();
    }

    private static List<String> keywords(Packet packet, int cutout, int part) {
        return List.copyOf(
                packet.cutouts().get(cutout).units().get(part).header().keySet());
    }

    /** An alert of something new that isn't a dipole. */
    private static GenericRecord ordinary(List<Packet> packets) {
        return packets.stream()
                .map(Packet::alert)
                .filter(alert -> alert.get("prvDiaSources") == null
                        && alert.get("ssSource") == null
                        && DecodedSamples.record(alert, "diaSource").get("trailLength") != null)
                .findFirst()
                .orElseThrow();
    }

    /** The null fields, among those that the other schema has too. */
    private static List<String> nulls(GenericRecord of, Schema other) {
        return of.getSchema().getFields().stream()
                .map(Schema.Field::name)
                .filter(name -> other.getField(name) != null && of.get(name) == null)
                .toList();
    }

    private static int gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.size();
    }

    private static int zstd(byte[] bytes, int level) {
        return Zstd.compress(bytes, level).length;
    }
}
