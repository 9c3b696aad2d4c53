package io.alertstream.replayer;

import io.alertstream.kafka.Message;
import io.vertx.core.Future;
import java.util.List;

/** What a visit publishes for each message of the static topic. One call follows when the Future of the one before succeeds. */
@FunctionalInterface
interface Preparation {

    /** Each message as it is. */
    Preparation VERBATIM = message -> Future.succeededFuture(List.of(Outgoing.of(message.value())));

    /** The messages to publish, which may be none; a failure ends the visit. */
    Future<List<Outgoing>> of(Message message);
}
