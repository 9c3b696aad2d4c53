package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.Origin;
import io.alertstream.avro.WireFormat;
import io.alertstream.server.RawHttp.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Units and descriptions reach users although registries, and so archives, hold canonical forms without them. */
class DescriptionsIT extends ServerFixture {

    private static final String ALERT = "/v1/alerts/11";

    /** A version that isn't bundled, with the record and field names of one that is. */
    private static final Schema NEWER = new Schema.Parser()
            .parse(
                    canonical(ShownAlerts.SCHEMA)
                            .toString()
                            .replace("lsst.v11_1", "lsst.v12_0")
                            .replace(
                                    "{\"name\":\"snr\",",
                                    "{\"name\":\"novelty\",\"type\":[\"null\",\"float\"],\"default\":null},{\"name\":\"snr\","));

    @Test
    void aPublishedSchemasDescriptionsComeBack() throws Exception {
        archive(canonical(ShownAlerts.SCHEMA));

        assertDescribed();
        assertThat(new Schema.Parser().parse(found(ALERT + "/schema").text())).isEqualTo(ShownAlerts.SCHEMA);
    }

    @Test
    void anUnknownSchemasFieldsAreDescribedByName() throws Exception {
        archive(NEWER);

        assertDescribed();
        assertThat(row("novelty").select("td").last().text()).isEmpty();
    }

    @Test
    void theRegistrysDocumentIsUnchanged() throws Exception {
        archive(canonical(ShownAlerts.SCHEMA));

        assertThat(found("/v1/schemas/1").text())
                .isEqualTo(canonical(ShownAlerts.SCHEMA).toString());
    }

    private void assertDescribed() throws Exception {
        Element row = row("psfFlux");
        assertThat(row.select("td").get(1).text()).isEqualTo("nJy");
        assertThat(row.select("td").get(2).text()).contains("point source");

        BinaryTableHDU sources = sources();
        int column = sources.findColumn("psfFlux") + 1;
        assertThat(sources.getHeader().getStringValue("TUNIT" + column)).isEqualTo("nJy");
        assertThat(sources.getHeader().getStringValue("TCOMM" + column)).contains("point source");

        Schema schema = new Schema.Parser().parse(found(ALERT + "/schema").text());
        try (DataFileStream<GenericRecord> file = new DataFileStream<>(
                new ByteArrayInputStream(found(ALERT + "?format=avro").body()), new GenericDatumReader<>())) {
            assertThat(file.getSchema()).isEqualTo(schema);
            assertThat(file.next().getSchema()).isEqualTo(schema);
        }
        Schema source = schema.getField("diaSource").schema();
        assertThat(source.getField("psfFlux").doc()).contains("nJy");
        Schema orbits = nonNull(schema.getField("mpc_orbits"));
        assertThat(LogicalTypes.fromSchema(nonNull(orbits.getField("created_at"))))
                .isEqualTo(LogicalTypes.timestampMicros());
    }

    /** The alert in another schema, with fields matched by name. */
    private static GenericRecord translated(GenericRecord alert, Schema schema) throws IOException {
        byte[] packet = ShownAlerts.packet(1, alert);
        return new GenericDatumReader<GenericRecord>(alert.getSchema(), schema)
                .read(
                        null,
                        DecoderFactory.get()
                                .binaryDecoder(
                                        packet,
                                        WireFormat.HEADER_BYTES,
                                        packet.length - WireFormat.HEADER_BYTES,
                                        null));
    }

    private static Schema nonNull(Schema.Field field) {
        return field.schema().getTypes().get(1);
    }

    private void archive(Schema schema) throws IOException {
        byte[] packet = ShownAlerts.packet(1, translated(ShownAlerts.record(), schema));
        await(served.archive.putSchema(1, schema.toString()));
        await(served.archive.putAlert(11, packet, new Origin("alerts-simulated", 0, 17, 1)));
    }

    private static Schema canonical(Schema schema) {
        return new Schema.Parser().parse(SchemaNormalization.toParsingForm(schema));
    }

    private Element row(String field) throws Exception {
        for (Element row : Jsoup.parse(new String(found("/alerts/11").body(), StandardCharsets.UTF_8))
                .select("#fields tr")) {
            if (row.selectFirst("th").text().equals(field)) {
                return row;
            }
        }
        throw new AssertionError("no row for " + field);
    }

    private BinaryTableHDU sources() throws Exception {
        try (Fits fits =
                new Fits(new ByteArrayInputStream(found(ALERT + "?format=fits").body()))) {
            for (BasicHDU<?> part : fits.read()) {
                if (part.getHeader().getStringValue("EXTNAME", "").equals("DIASOURCE")) {
                    return (BinaryTableHDU) part;
                }
            }
        }
        throw new AssertionError("no table DIASOURCE");
    }

    private Answer found(String path) throws Exception {
        Answer answer = get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer;
    }
}
