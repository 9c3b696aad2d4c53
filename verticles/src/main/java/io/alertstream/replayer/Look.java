package io.alertstream.replayer;

/** What a look at the topics found. */
sealed interface Look {

    /**
     * A whole visit, and a topic to replay it into.
     *
     * @param slots intervals from the last visit's start to this one's: more than one after a night's pause
     * @param partitions of the replay topic
     */
    record Visit(StaticVisit visit, int slots, int partitions) implements Look {}

    /**
     * Nothing to replay.
     *
     * @param why what is missing, for operators
     */
    record Nothing(String why) implements Look {}
}
