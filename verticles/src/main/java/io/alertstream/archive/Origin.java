package io.alertstream.archive;

import java.util.Map;

/** Where an alert came from; kept with the object as metadata, where the store can keep any. */
public record Origin(String topic, int partition, long offset, int schemaId) {

    Map<String, String> metadata() {
        return Map.of(
                "topic", topic,
                "partition", Integer.toString(partition),
                "offset", Long.toString(offset),
                "schema-id", Integer.toString(schemaId));
    }
}
