package io.alertstream.replayer;

import io.alertstream.kafka.TopicChangedException;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.vertx.core.Future;
import java.util.Optional;

/** Checks whether there is a complete visit to replay, and a topic to replay it into. */
final class ReplayTopics {

    private final String staticTopic;
    private final String replayTopic;
    private final Optional<String> journalTopic;
    private final Topics topics;
    private final StaticTopic source;

    ReplayTopics(ReplayerSettings settings, Topics topics, TopicReader reader) {
        this.staticTopic = settings.staticTopic();
        this.replayTopic = settings.replayTopic();
        this.journalTopic = settings.staging().map(Staging::journalTopic);
        this.topics = topics;
        this.source = new StaticTopic(reader);
    }

    /** Looks at both topics; must not be called while the reader is in use. Fails if Kafka can't be asked. */
    Future<Look> look() {
        return topics.state(staticTopic).compose(state -> {
            if (state.isEmpty()) {
                return nothing("topic " + staticTopic + " doesn't exist");
            }
            return source.next(state.get())
                    .compose(found -> found instanceof StaticTopic.Found.Visit next
                            ? lookAtTargets(next.visit())
                            : nothing(((StaticTopic.Found.Nothing) found).why()));
        });
    }

    /** A visit starts. */
    void begun(StaticVisit visit) {
        source.begun(visit);
    }

    /** A visit was replayed whole: the next look finds the one after it. */
    void replayed(StaticVisit visit) {
        source.replayed(visit);
    }

    private Future<Look> lookAtTargets(StaticVisit visit) {
        return journalTopic
                .map(journal -> topics.state(journal)
                        .compose(found -> found.isPresent() ? lookAtReplayTopic(visit) : missing(journal)))
                .orElseGet(() -> lookAtReplayTopic(visit));
    }

    /**
     * Checks whether a visit's topic still exists; may be called while the reader is in use.
     *
     * @return fails with {@link TopicChangedException} if it was deleted or recreated, else if Kafka can't be asked
     */
    Future<Void> requireUnchanged(TopicState visit) {
        return topics.state(visit.topic()).compose(state -> {
            if (state.isPresent() && state.get().topicId().equals(visit.topicId())) {
                return Future.succeededFuture();
            }
            return Future.failedFuture(new TopicChangedException(
                    "topic " + visit.topic() + (state.isPresent() ? " was recreated" : " was deleted")));
        });
    }

    private static Future<Look> nothing(String why) {
        return Future.succeededFuture(new Look.Nothing(why));
    }

    private Future<Look> lookAtReplayTopic(StaticVisit visit) {
        return topics.state(replayTopic)
                .compose(replay -> replay.isEmpty()
                        ? missing(replayTopic)
                        : Future.succeededFuture(new Look.Visit(
                                visit,
                                source.slotsUntil(visit),
                                replay.get().end().size())));
    }

    private static Future<Look> missing(String topic) {
        return nothing("topic " + topic + " doesn't exist, and the replayer doesn't create it");
    }
}
