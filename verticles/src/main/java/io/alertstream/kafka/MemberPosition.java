package io.alertstream.kafka;

/**
 * What a member knows of a partition that it reads.
 *
 * @param topicId of the topic: one that is deleted and created again under its name is another
 * @param lastMillis time of the last message that was handed over, or when the partition came if none was yet, in
 *     milliseconds since 1970: what waits in the partition came at about that time
 */
record MemberPosition(String topicId, long lastMillis) {}
