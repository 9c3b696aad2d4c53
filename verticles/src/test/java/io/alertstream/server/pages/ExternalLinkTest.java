package io.alertstream.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.profile.AlertView;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class ExternalLinkTest {

    private static AlertView alertOfObject(long id) {
        var source = SchemaBuilder.record("diaSource")
                .fields()
                .optionalLong("diaObjectId")
                .endRecord();
        var schema = SchemaBuilder.record("alert")
                .fields()
                .name("diaSource")
                .type(source)
                .noDefault()
                .endRecord();
        GenericRecord of = new GenericData.Record(source);
        of.put("diaObjectId", id);
        GenericRecord alert = new GenericData.Record(schema);
        alert.put("diaSource", of);
        return new AlertView(AlertProfile.lsst(), alert);
    }

    @Test
    void brokerLinksAreForTheObject() {
        assertThat(ExternalLink.of(alertOfObject(170059286935240883L)))
                .extracting(ExternalLink::address)
                .containsExactly(
                        "https://lsst.alerce.online/object/170059286935240883?survey=lsst",
                        "https://lsst.fink-portal.org/170059286935240883",
                        "https://lasair.lsst.ac.uk/objects/170059286935240883/");
    }

    @Test
    void anAlertWithoutAnObjectHasNoBrokerLinks() {
        assertThat(ExternalLink.of(alertOfObject(0))).isEmpty();
    }
}
