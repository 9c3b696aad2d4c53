package io.alertstream.server.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.InvalidSchemaException;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.SchemaDocumentation;
import io.alertstream.avro.SchemaParser;
import io.alertstream.avro.WireFormat;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.server.formats.UnusableCutoutException;
import io.alertstream.server.limits.ByteBudget;
import io.alertstream.server.limits.OverloadedException;
import io.alertstream.server.protocol.ClientErrorException;
import io.alertstream.server.protocol.StaticContent;
import io.alertstream.server.reading.ArchiveReader.Alert;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Decodes alerts with the schemas of the archive, on the pool for CPU work. Work waiting for that pool is bounded in
 * bytes. Used on one event loop.
 */
public final class Decoding {

    /** Survey schemas take tens of KB. Parsing deeply nested ones would take stack and time. */
    private static final int MAX_SCHEMA_BYTES = 1 << 20;

    private static final int MAX_DECODERS = 32;

    private final ArchiveReader archive;
    private final AlertProfile profile;
    /** The archive holds schemas as registries do, without descriptions and so without units. */
    private final SchemaDocumentation documentation;

    private final WorkerExecutor cpu;
    private final ByteBudget waiting;
    private final Counter decoded;
    private final Map<Integer, AlertDecoder> decoders = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, AlertDecoder> eldest) {
            return size() > MAX_DECODERS;
        }
    };

    public Decoding(
            Vertx vertx,
            ArchiveReader archive,
            AlertProfile profile,
            SchemaDocumentation documentation,
            long maxWaitingBytes,
            MeterRegistry meters) {
        this.archive = archive;
        this.profile = profile;
        this.documentation = documentation;
        this.cpu = vertx.createSharedWorkerExecutor("cpu", Runtime.getRuntime().availableProcessors());
        this.waiting = new ByteBudget(maxWaitingBytes);
        this.decoded = Counter.builder("alertstream.server.decoded")
                .description("alerts decoded for a page, a search or a format")
                .register(meters);
    }

    /**
     * Produces something from an alert, off the event loop.
     *
     * @return fails with a {@link ClientErrorException} if the alert can't be decoded, with an {@link
     * OverloadedException} if too many wait, or as the archive does
     */
    public <T> Future<T> open(Alert alert, Function<Packet, T> use) {
        return opened(alert, packet -> onCpu(() -> use.apply(packet)));
    }

    /**
     * Produces something from an alert and from what is looked up for it. Both steps share one packet, which is
     * decoded once.
     *
     * @param look runs off the event loop
     * @param lookUp runs on the event loop
     * @param make runs off the event loop
     * @return fails as {@link #open} does, or as the lookup does
     */
    public <L, F, T> Future<T> open(
            Alert alert, Function<Packet, L> look, Function<L, Future<F>> lookUp, BiFunction<Packet, F, T> make) {
        return opened(alert, packet -> onCpu(() -> look.apply(packet))
                .compose(lookUp)
                .compose(found -> onCpu(() -> make.apply(packet, found))));
    }

    private <T> Future<T> opened(Alert alert, Function<Packet, Future<T>> use) {
        int bytes = alert.stored().length;
        if (!waiting.take(bytes)) {
            return Future.failedFuture(new OverloadedException("too many alerts are waiting to be decoded"));
        }
        return packet(alert).compose(use).recover(Decoding::explained).onComplete(done -> waiting.giveBack(bytes));
    }

    /** The alert's schema with descriptions, defaults and logical types; fails as {@link #open} does. */
    public Future<StaticContent> schemaOf(Alert alert) {
        return archive.packet(alert)
                .map(WireFormat::schemaId)
                .compose(this::decoder)
                .compose(decoder ->
                        onCpu(() -> StaticContent.of(decoder.schema().toString().getBytes(UTF_8))))
                .recover(Decoding::explained);
    }

    private Future<Packet> packet(Alert alert) {
        return archive.packet(alert).compose(bytes -> {
            int schemaId = WireFormat.schemaId(bytes);
            return decoder(schemaId).map(decoder -> new Packet(schemaId, bytes, decoder, profile, decoded));
        });
    }

    private Future<AlertDecoder> decoder(int schemaId) {
        AlertDecoder known = decoders.get(schemaId);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        return document(schemaId)
                .compose(document -> onCpu(() -> parse(schemaId, document)))
                .onSuccess(decoder -> decoders.put(schemaId, decoder));
    }

    private Future<StaticContent> document(int schemaId) {
        return archive.schema(schemaId)
                .map(found -> found.orElseThrow(() -> new ClientErrorException(
                        404,
                        "the alert's schema " + Integer.toUnsignedString(schemaId)
                                + " isn't in the archive; the alert itself is, as format=wire")));
    }

    private AlertDecoder parse(int schemaId, StaticContent document) {
        if (document.plain().length > MAX_SCHEMA_BYTES) {
            throw new ClientErrorException(
                    422,
                    "the alert's schema " + schemaId + " is larger than " + MAX_SCHEMA_BYTES
                            + " bytes; the alert itself is served as format=wire");
        }
        try {
            Schema schema = SchemaParser.STRICT.parse(new String(document.plain(), UTF_8));
            return AlertDecoder.of(documentation.restore(schema));
        } catch (InvalidSchemaException | NotAnAlertException e) {
            throw new ClientErrorException(
                    422, "the archive's schema " + schemaId + " isn't an Avro schema of a record: " + e.getMessage());
        }
    }

    private static <T> Future<T> explained(Throwable failure) {
        if (failure instanceof NotAnAlertException) {
            return Future.failedFuture(new ClientErrorException(
                    422, "the stored alert can't be decoded with its schema: " + failure.getMessage()));
        }
        if (failure instanceof UnusableCutoutException) {
            return Future.failedFuture(
                    new ClientErrorException(422, "the stored cutout can't be shown: " + failure.getMessage()));
        }
        return Future.failedFuture(failure);
    }

    private <T> Future<T> onCpu(Callable<T> work) {
        return cpu.executeBlocking(work, false);
    }
}
