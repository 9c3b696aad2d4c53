package io.alertstream.replayer;

import io.alertstream.kafka.TopicState;

/** What a look at the topics found. */
sealed interface Look {

    /**
     * A whole visit, and a topic to replay it into.
     *
     * @param topic the static topic as it was observed
     * @param partitions of the replay topic
     */
    record Visit(TopicState topic, int partitions) implements Look {}

    /**
     * Nothing to replay.
     *
     * @param why what is missing, for operators
     */
    record Nothing(String why) implements Look {}
}
