package io.alertstream.loadtest.load;

import io.alertstream.loadtest.packets.PacketMint.Minted;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Called with each alert before it is sent, and with its position once the broker has it. */
interface Follower {

    Follower NOBODY = (alert, dueNanos) -> where -> {};

    /**
     * An alert is about to be sent.
     *
     * @param dueNanos when it should have been, on {@link System#nanoTime}
     * @return called with the alert's position, on any thread; must not hold the packet, since there are many
     */
    Consumer<RecordMetadata> sending(Minted alert, long dueNanos);
}
