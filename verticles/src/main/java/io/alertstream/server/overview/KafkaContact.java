package io.alertstream.server.overview;

/** What is known about the connection to Kafka. Immutable. */
sealed interface KafkaContact {

    /** Polling starts: an answer is expected from now on. */
    default KafkaContact asked(long now) {
        return this;
    }

    /**
     * Kafka answered.
     *
     * @param whole whether it answered every question
     */
    default KafkaContact answered(long now, boolean whole) {
        return this;
    }

    /** The name in {@code SystemState}. */
    String text(long now);

    /** No address of Kafka is set. */
    record Unknown() implements KafkaContact {

        @Override
        public String text(long now) {
            return "unknown";
        }
    }

    /** The settings for Kafka are invalid, or files that they name are missing. */
    record Unusable() implements KafkaContact {

        @Override
        public String text(long now) {
            return "unusable";
        }
    }

    /**
     * Kafka can be asked.
     *
     * @param since its last answer, or when asking began if that was later
     * @param whole whether the last answer was
     */
    record Reachable(long since, boolean whole) implements KafkaContact {

        private static final long AWAY_MILLIS = 5_000;

        @Override
        public KafkaContact asked(long now) {
            return new Reachable(now, whole);
        }

        @Override
        public KafkaContact answered(long now, boolean answeredWhole) {
            return new Reachable(now, answeredWhole);
        }

        @Override
        public String text(long now) {
            if (now - since > AWAY_MILLIS) {
                return "away";
            }
            return whole ? "answers" : "answers in part";
        }
    }
}
