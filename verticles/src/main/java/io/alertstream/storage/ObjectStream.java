package io.alertstream.storage;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * An object's bytes, piece by piece: the next is read when the last has been consumed and there is demand. A reader
 * that stops early needn't close anything. The stream ends only if the object is complete and matches its checksum;
 * otherwise it fails with a {@link StoreException}. For one context.
 */
public final class ObjectStream implements ReadStream<Buffer> {

    private enum State {
        IDLE,
        READING,
        /** A piece has arrived and waits for demand. */
        HOLDING,
        ENDED
    }

    private final Executor context;
    private final long size;
    private final Supplier<Future<Optional<byte[]>>> pieces;
    private State state = State.IDLE;
    private byte[] held = {};
    private long demand = Long.MAX_VALUE;
    private Handler<Buffer> handler;
    private Handler<Throwable> exceptionHandler = failure -> {};
    private Handler<Void> endHandler = end -> {};

    /**
     * @param context runs handlers, but never while one is being set, so that the end can't precede its handler
     * @param pieces reads the next piece, and none at the end
     */
    ObjectStream(Executor context, long size, Supplier<Future<Optional<byte[]>>> pieces) {
        this.context = context;
        this.size = size;
        this.pieces = pieces;
    }

    /** The object's size in bytes. */
    public long size() {
        return size;
    }

    @Override
    public ObjectStream handler(Handler<Buffer> to) {
        handler = to;
        next();
        return this;
    }

    @Override
    public ObjectStream exceptionHandler(Handler<Throwable> to) {
        exceptionHandler = to == null ? failure -> {} : to;
        return this;
    }

    @Override
    public ObjectStream endHandler(Handler<Void> to) {
        endHandler = to == null ? end -> {} : to;
        return this;
    }

    @Override
    public ObjectStream pause() {
        demand = 0;
        return this;
    }

    @Override
    public ObjectStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ObjectStream fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        next();
        return this;
    }

    private void next() {
        if (demand == 0 || handler == null) {
            return;
        }
        if (state == State.IDLE) {
            state = State.READING;
            pieces.get()
                    .onComplete(
                            piece -> context.execute(() -> arrived(piece)),
                            failure -> context.execute(() -> failed(failure)));
        } else if (state == State.HOLDING) {
            deliver();
        }
    }

    private void arrived(Optional<byte[]> piece) {
        if (piece.isEmpty()) {
            state = State.ENDED;
            endHandler.handle(null);
            return;
        }
        held = piece.get();
        state = State.HOLDING;
        // It may have been paused since the piece was asked for.
        next();
    }

    private void deliver() {
        Buffer piece = Buffer.buffer(held);
        held = new byte[0];
        state = State.IDLE;
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        handler.handle(piece);
        next();
    }

    private void failed(Throwable failure) {
        state = State.ENDED;
        exceptionHandler.handle(failure);
    }
}
