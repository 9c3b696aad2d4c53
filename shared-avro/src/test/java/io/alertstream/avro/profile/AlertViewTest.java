package io.alertstream.avro.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

class AlertViewTest {

    private static final Schema ZTF = new Schema.Parser().parse("""
            {"type": "record", "name": "alert", "namespace": "ztf", "fields": [
              {"name": "objectId", "type": "string"},
              {"name": "candid", "type": "long"},
              {"name": "candidate", "type": {"type": "record", "name": "candidate", "fields": [
                {"name": "jd", "type": "double"},
                {"name": "fid", "type": "int"},
                {"name": "candid", "type": ["null", "long"], "default": null},
                {"name": "isdiffpos", "type": ["null", "string"], "default": null},
                {"name": "magpsf", "type": ["null", "float"], "default": null},
                {"name": "sigmapsf", "type": ["null", "float"], "default": null}]}},
              {"name": "prv_candidates", "type": ["null", {"type": "array", "items": "candidate"}], "default": null},
              {"name": "cutoutScience", "default": null, "type": ["null", {"type": "record", "name": "cutout", "fields": [
                {"name": "stampData", "type": "bytes"}]}]}]}
            """);

    private static GenericRecord candidate(int band, Long id, String sign, Float magnitude, Float error) {
        return new GenericRecordBuilder(ZTF.getField("candidate").schema())
                .set("jd", 2_461_000.75)
                .set("fid", band)
                .set("candid", id)
                .set("isdiffpos", sign)
                .set("magpsf", magnitude)
                .set("sigmapsf", error)
                .build();
    }

    private static AlertView view(GenericRecord own, GenericRecord... earlier) {
        Schema cutout = ZTF.getField("cutoutScience").schema().getTypes().get(1);
        GenericRecord alert = new GenericRecordBuilder(ZTF)
                .set("objectId", "ZTF26x")
                .set("candid", 5L)
                .set("candidate", own)
                .set("prv_candidates", List.of(earlier))
                .set(
                        "cutoutScience",
                        new GenericRecordBuilder(cutout)
                                .set("stampData", ByteBuffer.wrap(new byte[] {1, 2}))
                                .build())
                .build();
        return new AlertView(AlertProfile.bundled("ztf"), alert);
    }

    @Test
    void aMagnitudeIsConvertedToAFlux() {
        Sighting source = view(candidate(2, 5L, "t", 21.4f, 0.1f)).source().orElseThrow();
        assertThat(source.flux().orElseThrow()).isCloseTo(10_000, within(0.1));
        assertThat(source.fluxError().orElseThrow()).isCloseTo(921.03, within(0.1));
        assertThat(source.band()).contains("r");
        assertThat(source.id()).contains("5");
        assertThat(source.mjdTai()).hasValue(61_000.25 + 37 / 86_400.0);
    }

    @Test
    void theFluxHasTheSignOfTheDifference() {
        for (String positive : List.of("t", "1")) {
            assertThat(view(candidate(1, 5L, positive, 20f, null))
                            .source()
                            .orElseThrow()
                            .flux()
                            .orElseThrow())
                    .isPositive();
        }
        for (String negative : List.of("f", "0")) {
            assertThat(view(candidate(1, 5L, negative, 20f, null))
                            .source()
                            .orElseThrow()
                            .flux()
                            .orElseThrow())
                    .isNegative();
        }
    }

    @Test
    void upperLimitsAreNotMeasurements() {
        AlertView view = view(
                candidate(1, 5L, "t", 20f, 0.1f),
                candidate(1, null, null, null, null),
                candidate(7, 4L, "t", 20.5f, 0.1f));
        assertThat(view.earlier()).extracting(Sighting::id).containsExactly(Optional.of("4"));
        assertThat(view.earlier().get(0).band()).as("a code without a name").contains("7");
    }

    @Test
    void theObjectIdCanBeOutsideTheSource() {
        assertThat(view(candidate(1, 5L, "t", 20f, 0.1f)).object()).contains("ZTF26x");
    }

    @Test
    void aCutoutCanBeARecord() {
        AlertView view = view(candidate(1, 5L, "t", 20f, 0.1f));
        assertThat(view.cutout("science"))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1, 2));
        assertThat(view.cutout("template")).isEmpty();
    }

    @Test
    void unnamedFieldsAreEmpty() {
        AlertView view = new AlertView(
                AlertProfile.lsst(), view(candidate(1, 5L, "t", 20f, 0.1f)).alert());
        assertThat(view.source()).isEmpty();
        assertThat(view.earlier()).isEmpty();
        assertThat(view.object()).isEmpty();
    }
}
