package io.alertstream.ops;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;

/** A role that does its work once: deploying it starts the work, {@link #finished} tells when and how it ended. */
public abstract class JobVerticle extends VerticleBase {

    private final Promise<Void> finished = Promise.promise();

    @Override
    public final Future<?> start() {
        Future.<Void>future(promise -> run().onComplete(promise)).onComplete(finished);
        return Future.succeededFuture();
    }

    /** The work; called once, on the verticle's context. */
    protected abstract Future<Void> run();

    /** Succeeds when the work is done, fails when it can't be done. */
    public final Future<Void> finished() {
        return finished.future();
    }
}
