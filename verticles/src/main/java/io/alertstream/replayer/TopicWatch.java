package io.alertstream.replayer;

import io.alertstream.kafka.TopicChangedException;
import io.alertstream.kafka.TopicState;
import java.util.function.Consumer;

/**
 * Watches a visit's topic during its replay. A visit that has been read ahead doesn't notice that its topic is gone,
 * and might take a long time while a newer visit waits.
 */
final class TopicWatch {

    private final Timers timers;
    private final ReplayTopics topics;
    private final TopicState topic;
    private final Consumer<TopicChangedException> onGone;
    private final Consumer<Throwable> onLook;
    private Runnable cancelTimer = () -> {};
    private boolean ended;

    /**
     * Doesn't start watching yet.
     *
     * @param onGone receives why the topic is no longer the visit's; the watch then ends
     * @param onLook called after every other look: with null if the topic is there, else with why Kafka couldn't be
     *     asked
     */
    TopicWatch(
            Timers timers,
            ReplayTopics topics,
            TopicState topic,
            Consumer<TopicChangedException> onGone,
            Consumer<Throwable> onLook) {
        this.timers = timers;
        this.topics = topics;
        this.topic = topic;
        this.onGone = onGone;
        this.onLook = onLook;
    }

    void start() {
        cancelTimer = timers.at(timers.nanos() + LastLook.WATCH.toNanos(), this::look);
    }

    void end() {
        ended = true;
        cancelTimer.run();
    }

    private void look() {
        topics.requireUnchanged(topic).onComplete(looked -> {
            if (ended) {
                return;
            }
            if (looked.cause() instanceof TopicChangedException gone) {
                onGone.accept(gone);
            } else {
                onLook.accept(looked.cause());
                start();
            }
        });
    }
}
