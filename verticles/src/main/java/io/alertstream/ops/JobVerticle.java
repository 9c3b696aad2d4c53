package io.alertstream.ops;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;

/** A role that runs once: deployment starts its work, and {@link #finished} completes with its result. */
public abstract class JobVerticle extends VerticleBase {

    private final Promise<Void> finished = Promise.promise();

    @Override
    public final Future<?> start() {
        Future.<Void>future(promise -> run().onComplete(promise)).onComplete(finished);
        return Future.succeededFuture();
    }

    /** The work; called once, on the verticle's context. */
    protected abstract Future<Void> run();

    /** The result of the work. */
    public final Future<Void> finished() {
        return finished.future();
    }
}
