package io.alertstream.kafka;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;

/**
 * Creates the clients of one Kafka cluster; the caller closes them. Creation never blocks and never fails; a client's
 * first use may.
 */
public final class KafkaClients {

    private final Vertx vertx;
    private final ClientConfig config;
    private final KafkaFailures failures;

    public KafkaClients(Vertx vertx, KafkaSettings settings) {
        this(vertx, settings, ClientConfig.LOOK_FOR_PARTITIONS);
    }

    /** For tests, with a metadata refresh interval for members of groups. */
    KafkaClients(Vertx vertx, KafkaSettings settings, Duration lookForPartitions) {
        this.vertx = vertx;
        this.config = new ClientConfig(settings, lookForPartitions);
        this.failures = new KafkaFailures(settings);
    }

    /**
     * A producer.
     *
     * @param maxUnackedBytes limit of unacknowledged bytes at which the producer is full; its memory is at most
     *     twice that plus 12 MiB
     */
    public MessageProducer producer(long maxUnackedBytes) {
        return new BatchingProducer(vertx, config.producer(maxUnackedBytes), maxUnackedBytes, failures);
    }

    public TopicReader reader() {
        return new SnapshotReader(vertx, config.reader(), topics(admin()), failures);
    }

    public GroupConsumer groupConsumer(String group) {
        AdminCalls admin = admin();
        return new KafkaGroupConsumer(
                vertx, group, config.member(group), topics(admin), new Lags(admin, Clock.systemUTC()), failures);
    }

    public Topics topics() {
        return topics(admin());
    }

    private KafkaTopics topics(AdminCalls admin) {
        return new KafkaTopics(vertx, admin, failures);
    }

    private AdminCalls admin() {
        return new AdminCalls(vertx, config.admin());
    }
}
