package io.alertstream.archive;

import java.util.Map;

/** Where an alert came from; kept as the object's metadata if the store supports it. */
public record Origin(String topic, int partition, long offset, int schemaId) {

    Map<String, String> metadata() {
        return Map.of(
                "topic", topic,
                "partition", Integer.toString(partition),
                "offset", Long.toString(offset),
                "schema-id", Integer.toString(schemaId));
    }
}
