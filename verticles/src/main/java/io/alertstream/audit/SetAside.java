package io.alertstream.audit;

import io.alertstream.archive.PacketDigest;
import io.alertstream.kafka.DeadLetter;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;

/**
 * What the dead-letter topic holds. By bytes, not by origin: a message that comes again in the same way is set aside
 * once, and its later origins stand nowhere.
 */
final class SetAside {

    private static final PacketDigest NO_VALUE = new PacketDigest(0, 0);

    private final Set<PacketDigest> digests = new HashSet<>();

    private SetAside() {}

    /** Reads the dead-letter topic up to its end; no such topic means that nothing was set aside. */
    static Future<SetAside> read(Topics topics, TopicReader reader, String topic) {
        SetAside setAside = new SetAside();
        return topics.state(topic)
                .compose(state -> state.isEmpty()
                        ? Future.succeededFuture(setAside)
                        : reader.read(state.get(), message -> {
                                    setAside.add(message);
                                    return Future.succeededFuture();
                                })
                                .map(setAside));
    }

    /** A value that was too large for the dead-letter topic is there as its SHA-256. */
    private void add(Message message) {
        byte[] sha256 = message.headers().last(DeadLetter.VALUE_SHA256);
        if (message.value() == null && sha256 != null) {
            PacketDigest.ofSha256(sha256).ifPresent(digests::add);
        } else {
            digests.add(digest(message));
        }
    }

    /** Stands for a message; takes CPU. */
    static PacketDigest digest(Message message) {
        return message.value() == null ? NO_VALUE : PacketDigest.of(message.value());
    }

    boolean has(PacketDigest digest) {
        return digests.contains(digest);
    }
}
