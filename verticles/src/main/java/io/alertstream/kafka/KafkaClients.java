package io.alertstream.kafka;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;

/** Makes clients of one Kafka; whoever makes one closes it. Making one never blocks and never fails: using it may. */
public final class KafkaClients {

    private final Vertx vertx;
    private final ClientConfig config;
    private final KafkaFailures failures;

    public KafkaClients(Vertx vertx, KafkaSettings settings) {
        this(vertx, settings, ClientConfig.LOOK_FOR_PARTITIONS);
    }

    /** The same with members of groups that look so often whether their topics have new partitions. */
    KafkaClients(Vertx vertx, KafkaSettings settings, Duration lookForPartitions) {
        this.vertx = vertx;
        this.config = new ClientConfig(settings, lookForPartitions);
        this.failures = new KafkaFailures(settings);
    }

    /**
     * A producer.
     *
     * @param maxUnackedBytes it is full when so many bytes are sent and not acknowledged; it takes twice that memory and
     *     12 MiB at most
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
