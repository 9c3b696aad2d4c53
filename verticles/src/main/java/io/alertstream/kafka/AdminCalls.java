package io.alertstream.kafka;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;

/** Kafka's admin client, created on first use and on a worker, since creation looks hosts up and may fail. */
final class AdminCalls {

    private final Vertx vertx;
    private final Map<String, Object> config;
    private Future<Admin> admin;

    AdminCalls(Vertx vertx, Map<String, Object> config) {
        this.vertx = vertx;
        this.config = config;
    }

    /**
     * Calls the admin client.
     *
     * @return completes on the caller's context, with Kafka's own failure
     */
    <T> Future<T> call(Function<Admin, KafkaFuture<T>> request) {
        Context context = vertx.getOrCreateContext();
        Promise<T> promise = Promise.promise();
        admin().map(client -> request.apply(client).toCompletionStage())
                .onFailure(failure -> context.runOnContext(failed -> promise.fail(failure)))
                .onSuccess(stage -> stage.whenComplete((result, failure) -> context.runOnContext(done -> {
                    if (failure == null) {
                        promise.complete(result);
                    } else {
                        promise.fail(KafkaFailures.unwrapped(failure));
                    }
                })));
        return promise.future();
    }

    synchronized Future<Void> close() {
        if (admin == null) {
            return Future.succeededFuture();
        }
        return admin.compose(open -> vertx.executeBlocking(
                () -> {
                    open.close(Duration.ofSeconds(1));
                    return null;
                },
                false));
    }

    private synchronized Future<Admin> admin() {
        if (admin == null || admin.failed()) {
            admin = vertx.executeBlocking(() -> Admin.create(config), false);
        }
        return admin;
    }
}
