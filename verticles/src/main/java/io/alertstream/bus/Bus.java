package io.alertstream.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * Typed facts and commands on Vert.x' event bus, within this process. The address is the record's class name and the
 * record itself is passed on, uncopied: one type, one address, one meaning.
 */
public final class Bus {

    private static final String CODEC = "alertstream-record";
    private static final DeliveryOptions LOCAL =
            new DeliveryOptions().setCodecName(CODEC).setLocalOnly(true);

    private final EventBus eventBus;

    private Bus(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    /** The bus of this Vert.x; any number of calls give equal views of the same bus. */
    public static Bus of(Vertx vertx) {
        EventBus eventBus = vertx.eventBus();
        try {
            eventBus.registerCodec(new PassOn());
        } catch (IllegalStateException alreadyRegistered) {
            // Another room of this process asked first.
        }
        return new Bus(eventBus);
    }

    /** Tells whoever listens; nobody may. */
    public void publish(Fact fact) {
        eventBus.publish(fact.getClass().getName(), fact, LOCAL);
    }

    /** Asks whoever listens; nobody may. */
    public void publish(Command command) {
        eventBus.publish(command.getClass().getName(), command, LOCAL);
    }

    /** Calls the handler on the current context for each fact or command of exactly this class. */
    public <T> MessageConsumer<T> on(Class<T> type, Consumer<T> handler) {
        return eventBus.localConsumer(type.getName(), message -> handler.accept(message.body()));
    }

    /** Hands records over as they are: they are immutable, and the bus is local. */
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
