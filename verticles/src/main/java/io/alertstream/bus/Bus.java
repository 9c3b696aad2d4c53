package io.alertstream.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * Typed facts on the Vert.x event bus, within this process. The address is the record's class name, and listeners get
 * the record itself, not a copy: one type, one address, one meaning.
 */
public final class Bus {

    private static final String CODEC = "alertstream-record";
    private static final DeliveryOptions LOCAL =
            new DeliveryOptions().setCodecName(CODEC).setLocalOnly(true);

    private final EventBus eventBus;

    private Bus(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    /** The bus of this Vert.x instance. */
    public static Bus of(Vertx vertx) {
        EventBus eventBus = vertx.eventBus();
        try {
            eventBus.registerCodec(new PassOn());
        } catch (IllegalStateException alreadyRegistered) {
            // Registered by an earlier call.
        }
        return new Bus(eventBus);
    }

    /** Publishes the fact to its listeners, of which there may be none. */
    public void publish(Fact fact) {
        eventBus.publish(fact.getClass().getName(), fact, LOCAL);
    }

    /** Calls the handler on the current context for each fact of exactly this class. */
    public <T extends Fact> MessageConsumer<T> on(Class<T> type, Consumer<T> handler) {
        return eventBus.localConsumer(type.getName(), message -> handler.accept(message.body()));
    }

    /** Passes records on without a copy: they are immutable, and the bus is local. */
    private static final class PassOn implements MessageCodec<Object, Object> {

        @Override
        public void encodeToWire(Buffer buffer, Object message) {
            throw new UnsupportedOperationException("the bus is not clustered");
        }

        @Override
        public Object decodeFromWire(int position, Buffer buffer) {
            throw new UnsupportedOperationException("the bus is not clustered");
        }

        @Override
        public Object transform(Object message) {
            return message;
        }

        @Override
        public String name() {
            return CODEC;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
