package io.alertstream.kafka;

/** A message can't be read: it is damaged, or unpacks to more than the limit. */
public final class UnreadableMessageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableMessageException(Message message, String why) {
        super("the message at " + new Position(message.topic(), message.partition(), message.offset())
                + " can't be read: " + why);
    }
}
