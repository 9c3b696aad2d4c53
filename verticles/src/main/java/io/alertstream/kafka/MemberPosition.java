package io.alertstream.kafka;

/**
 * A member's position in a partition.
 *
 * @param topicId Kafka's id of the topic, which a recreated topic doesn't share
 * @param lastMillis timestamp of the last message delivered, or the time of the assignment, in milliseconds since 1970:
 *     unread messages are about that age
 */
record MemberPosition(String topicId, long lastMillis) {}
