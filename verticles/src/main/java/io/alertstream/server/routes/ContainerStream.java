package io.alertstream.server.routes;

import io.alertstream.archive.DamagedObjectException;
import io.alertstream.server.formats.AvroContainer;
import io.alertstream.server.limits.OverloadedException;
import io.alertstream.server.protocol.Answers;
import io.alertstream.server.protocol.ClientErrorException;
import io.alertstream.server.reading.ArchiveReader;
import io.alertstream.server.reading.Decoding;
import io.alertstream.server.reading.Packet;
import io.alertstream.server.reading.ReadAhead;
import io.alertstream.server.routes.OmittedAlerts.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One Avro container file of many alerts, in the requested order, written as fast as the client reads: the next alert
 * is sent when the previous one has been written, and a few are read ahead. The first alert that can be sent
 * determines the file's schema. Alerts that can't be sent are omitted and named in the trailers. Used on one event
 * loop.
 */
final class ContainerStream {

    private static final int WINDOW = 4;
    private static final Duration BUSY_PAUSE = Duration.ofMillis(200);
    private static final int BUSY_PAUSES = 100;

    private final Vertx vertx;
    private final ArchiveReader archive;
    private final Decoding decoding;
    private final ReadAhead<Long, Read> reads;
    private final OmittedAlerts omitted = new OmittedAlerts();
    private final Promise<Integer> ended = Promise.promise();
    private HttpServerResponse response;
    private AvroContainer container;
    private int schemaId;
    private int sent;

    /** The outcome of reading an alert. */
    private record Read(long id, Optional<Packet> packet, Reason otherwise) {}

    ContainerStream(Vertx vertx, ArchiveReader archive, Decoding decoding, List<Long> ids) {
        this.vertx = vertx;
        this.archive = archive;
        this.decoding = decoding;
        this.reads = new ReadAhead<>(ids, WINDOW, id -> read(id, BUSY_PAUSES));
    }

    /**
     * Writes the file.
     *
     * @return the number of alerts in the file, once it has been sent. Fails with a {@link ClientErrorException} if
     *     none of the alerts can be sent, as the archive does if it becomes unreadable, and if the client closes the
     *     connection. A file already begun is then incomplete, and the caller must not end the response as if it were
     *     complete
     */
    Future<Integer> writeTo(HttpServerResponse to) {
        response = to;
        next();
        return ended.future();
    }

    private void next() {
        if (response.closed()) {
            ended.fail("the client closed the connection");
        } else if (reads.hasNext()) {
            reads.next().compose(this::send).onFailure(ended::tryFail).onSuccess(done -> next());
        } else if (container == null) {
            ended.fail(new ClientErrorException(404, "none of these alerts can be sent: " + omitted));
        } else {
            omitted.addTo(response.trailers(), sent);
            response.end().map(sent).onComplete(ended);
        }
    }

    private Future<Read> read(long id, int pauses) {
        return archive.alert(id)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(new Read(id, Optional.empty(), Reason.MISSING))
                        : decoding.open(found.get(), ContainerStream::checked)
                                .map(packet -> new Read(id, Optional.of(packet), null)))
                .recover(failure -> {
                    if (failure instanceof ClientErrorException || failure instanceof DamagedObjectException) {
                        return Future.succeededFuture(new Read(id, Optional.empty(), Reason.UNREADABLE));
                    }
                    // A request for one alert is answered with 503; here that would throw away a long answer.
                    return failure instanceof OverloadedException && pauses > 0
                            ? vertx.timer(BUSY_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                                    .compose(again -> read(id, pauses - 1))
                            : Future.failedFuture(failure);
                });
    }

    /** A packet that isn't an alert would make the rest of the file unreadable. */
    private static Packet checked(Packet packet) {
        packet.check();
        return packet;
    }

    private Future<Void> send(Read read) {
        if (read.packet().isEmpty()) {
            omitted.add(read.id(), read.otherwise());
            return Future.succeededFuture();
        }
        Packet packet = read.packet().get();
        Buffer bytes = Buffer.buffer();
        if (container == null) {
            container = new AvroContainer(packet.schema(), packet.bytes());
            schemaId = packet.schemaId();
            response.setChunked(true)
                    .putHeader(
                            HttpHeaders.CONTENT_TYPE, AlertFormat.AVRO.types().get(0))
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader(Answers.CONTENT_DISPOSITION, AlertFormat.AVRO.disposition("alerts"))
                    .putHeader("Trailer", OmittedAlerts.announcement());
            bytes.appendBytes(container.header());
        } else if (packet.schemaId() != schemaId) {
            omitted.add(read.id(), Reason.OTHER_SCHEMA);
            return Future.succeededFuture();
        }
        sent++;
        return response.write(bytes.appendBytes(container.block(packet.bytes())));
    }
}
