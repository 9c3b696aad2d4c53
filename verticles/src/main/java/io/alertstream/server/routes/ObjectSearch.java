package io.alertstream.server.routes;

import io.alertstream.server.pages.AlertPage;
import io.alertstream.server.reading.ArchiveReader;
import io.alertstream.server.reading.ArchiveReader.Alert;
import io.alertstream.server.reading.Decoding;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Alerts by the id of their object, among those that this server knows: the alerts it has shown since its start, and
 * those archived last. The archive has no index of objects, so it may hold alerts that aren't found here. Used on one
 * event loop.
 */
final class ObjectSearch {

    private static final int MAX_ALERTS = 10_000;

    private final ArchiveReader archive;
    private final Decoding decoding;
    private final Supplier<List<Long>> latest;
    private final Map<Long, Long> objectByAlert = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MAX_ALERTS;
        }
    };

    /** The alerts archived last are decoded when someone searches. */
    ObjectSearch(ArchiveReader archive, Decoding decoding, Supplier<List<Long>> latest) {
        this.archive = archive;
        this.decoding = decoding;
        this.latest = latest;
    }

    /** Remembers that an alert belongs to an object. */
    void learn(long alert, Optional<String> object) {
        object.map(IdSyntax::alert)
                .filter(id -> id.isPresent())
                .ifPresent(id -> objectByAlert.put(alert, id.getAsLong()));
    }

    /** The ids of the object's alerts, highest first; never fails. */
    Future<List<Long>> alertsOf(long object) {
        List<Future<Void>> looks = latest.get().stream()
                .filter(id -> !objectByAlert.containsKey(id))
                .map(this::look)
                .toList();
        return Future.join(looks).transform(looked -> Future.succeededFuture(known(object)));
    }

    private Future<Void> look(long id) {
        return archive.alert(id)
                .compose(found -> found.map(this::object).orElse(Future.succeededFuture(Optional.empty())))
                .onSuccess(object -> learn(id, object))
                .mapEmpty();
    }

    private Future<Optional<String>> object(Alert alert) {
        return decoding.open(alert, packet -> AlertPage.objectId(packet.view()));
    }

    private List<Long> known(long object) {
        return objectByAlert.entrySet().stream()
                .filter(entry -> entry.getValue() == object)
                .map(Map.Entry::getKey)
                .sorted(Comparator.reverseOrder())
                .toList();
    }
}
