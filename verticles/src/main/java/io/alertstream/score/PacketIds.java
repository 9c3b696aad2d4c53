package io.alertstream.score;

import io.alertstream.avro.AlertIdReader;
import io.alertstream.avro.InvalidSchemaException;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.SchemaParser;
import io.alertstream.avro.WireFormat;
import io.alertstream.registry.RegistryException;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads alert ids, with schemas from the registry. The least recently used schemas are evicted, since a message can
 * claim any schema id.
 */
final class PacketIds {

    private static final int MAX_READERS = 1_000;

    private final Function<Integer, Future<String>> documents;
    private final Map<Integer, Future<Optional<AlertIdReader>>> readers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Future<Optional<AlertIdReader>>> eldest) {
            return size() > MAX_READERS;
        }
    };

    PacketIds(Function<Integer, Future<String>> documents) {
        this.documents = documents;
    }

    /**
     * The id of an alert in wire format; empty if it isn't one.
     *
     * @return fails if the registry can't be asked
     */
    Future<OptionalLong> id(byte[] packet) {
        int schemaId;
        try {
            schemaId = WireFormat.schemaId(packet);
        } catch (NotAnAlertException e) {
            return Future.succeededFuture(OptionalLong.empty());
        }
        return reader(schemaId)
                .map(reader -> reader.map(ids -> read(ids, packet)).orElse(OptionalLong.empty()));
    }

    private static OptionalLong read(AlertIdReader ids, byte[] packet) {
        try {
            return OptionalLong.of(ids.read(packet, WireFormat.HEADER_BYTES));
        } catch (NotAnAlertException e) {
            return OptionalLong.empty();
        }
    }

    private Future<Optional<AlertIdReader>> reader(int schemaId) {
        return readers.computeIfAbsent(schemaId, id -> documents
                .apply(id)
                .map(PacketIds::reader)
                .recover(e -> e instanceof RegistryException refused
                                && refused.reason() != RegistryException.Reason.UNAVAILABLE
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(e)));
    }

    private static Optional<AlertIdReader> reader(String document) {
        try {
            return Optional.of(AlertIdReader.of(SchemaParser.ANY_DEFAULTS.parse(document)));
        } catch (InvalidSchemaException | NotAnAlertException e) {
            return Optional.empty();
        }
    }
}
