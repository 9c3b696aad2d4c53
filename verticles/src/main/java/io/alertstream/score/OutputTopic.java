package io.alertstream.score;

import io.alertstream.kafka.Message;
import io.alertstream.kafka.Position;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.vertx.core.Future;
import java.util.OptionalLong;

/** A broker's output in a topic: one message for each alert. */
final class OutputTopic {

    private final Packets packets;
    private final Scores scores;

    OutputTopic(Packets packets, Scores scores) {
        this.packets = packets;
        this.scores = scores;
    }

    /** Scores every message; fails if the topic or the registry can't be read. */
    Future<Long> read(TopicReader reader, TopicState state) {
        return reader.readAll(
                state, message -> OutputIds.ofMessage(message.value(), packets).map(id -> {
                    if (id.isPresent()) {
                        scores.delivered(id.getAsLong(), OptionalLong.of(message.timestampMillis()));
                    } else {
                        scores.unreadable(where(message) + OutputIds.message(packets.profile()));
                    }
                    return null;
                }));
    }

    private static String where(Message message) {
        return "message %s: ".formatted(new Position(message.topic(), message.partition(), message.offset()));
    }
}
