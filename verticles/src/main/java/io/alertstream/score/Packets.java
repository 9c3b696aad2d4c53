package io.alertstream.score;

import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.AlertIdReader;
import io.alertstream.avro.InvalidSchemaException;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.SchemaParser;
import io.alertstream.avro.WireFormat;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.registry.RegistryException;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Examines alerts in wire format, with schemas from the registry. The least recently used schemas are evicted, since a
 * message can claim any schema id. For one context.
 */
final class Packets {

    private static final int MAX_SCHEMAS = 1_000;

    private final Function<Integer, Future<String>> documents;
    private final AlertProfile profile;
    private final Map<Integer, Future<Optional<Form>>> forms = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Future<Optional<Form>>> eldest) {
            return size() > MAX_SCHEMAS;
        }
    };

    /** What packets of one schema look like. */
    private record Form(AlertIdReader ids, AlertDecoder decoder) {}

    /** A whole alert. */
    record WholeAlert(long id, int schemaId) {}

    /**
     * @param documents the registry's schemas by id
     * @param profile says where the id is
     */
    Packets(Function<Integer, Future<String>> documents, AlertProfile profile) {
        this.documents = documents;
        this.profile = profile;
    }

    AlertProfile profile() {
        return profile;
    }

    /**
     * The alert, if the packet is a whole one of its schema.
     *
     * @return fails if the registry can't be asked
     */
    Future<Optional<WholeAlert>> whole(byte[] packet) {
        return form(packet)
                .map(known -> known.flatMap(form -> {
                    try {
                        form.decoder().check(packet);
                        long id = form.ids().read(packet, WireFormat.HEADER_BYTES);
                        return Optional.of(new WholeAlert(id, WireFormat.schemaId(packet)));
                    } catch (NotAnAlertException e) {
                        return Optional.empty();
                    }
                }));
    }

    /**
     * The id of an alert that may be broken after its id; empty if there is none.
     *
     * @return fails if the registry can't be asked
     */
    Future<OptionalLong> id(byte[] packet) {
        return form(packet).map(known -> {
            try {
                return known.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(known.get().ids().read(packet, WireFormat.HEADER_BYTES));
            } catch (NotAnAlertException e) {
                return OptionalLong.empty();
            }
        });
    }

    private Future<Optional<Form>> form(byte[] packet) {
        int schemaId;
        try {
            schemaId = WireFormat.schemaId(packet);
        } catch (NotAnAlertException e) {
            return Future.succeededFuture(Optional.empty());
        }
        return forms.computeIfAbsent(schemaId, id -> documents
                .apply(id)
                .map(this::form)
                .recover(e -> e instanceof RegistryException refused
                                && refused.reason() != RegistryException.Reason.UNAVAILABLE
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(e)));
    }

    private Optional<Form> form(String document) {
        try {
            Schema schema = SchemaParser.ANY_DEFAULTS.parse(document);
            return Optional.of(new Form(AlertIdReader.of(schema, profile), AlertDecoder.of(schema)));
        } catch (InvalidSchemaException | NotAnAlertException e) {
            return Optional.empty();
        }
    }
}
