package io.alertstream.ingester;

import io.alertstream.kafka.GroupLag;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No topic at all. */
final class FakeTopics implements Topics {

    @Override
    public Future<Optional<TopicState>> state(String topic) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Void> createIfAbsent(String topic, int partitions, Map<String, String> config) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> recreate(String topic, int partitions, Map<String, String> config) {
        return Future.succeededFuture();
    }

    @Override
    public Future<List<GroupLag>> groupLags(String topic) {
        return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
