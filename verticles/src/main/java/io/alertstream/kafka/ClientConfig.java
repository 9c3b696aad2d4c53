package io.alertstream.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Kafka's settings of our clients. */
final class ClientConfig {

    /** How long a broker may be away before what was asked of it fails. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A fetch's bytes, for each broker; a single larger batch passes all the same. */
    static final int FETCH_BYTES = 16 << 20;

    /** As large as the batches that our producer makes, with what Kafka puts around them. */
    static final int PARTITION_FETCH_BYTES = 5 << 20;

    /** Few, since a compressed batch may hold messages of 10 MB each that took nothing on the wire. */
    private static final int POLL_MESSAGES = 128;

    /** Large batches make the difference between 60 and 250 MB/s into one partition. */
    private static final int MAX_BATCH_BYTES = 4 << 20;

    private static final int MIN_BATCH_BYTES = 16 << 10;

    /** Room for a message of 10 MB with its headers; the broker has its own limit. */
    private static final int MAX_REQUEST_BYTES = 12 << 20;

    /** A member that was killed keeps its partitions from the others, and from its own restart, for so long. */
    private static final Duration MEMBER_GONE = Duration.ofSeconds(15);

    /** So soon does a member that stays learn that others came or went, and read on: twice for each change. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** A reader stops at an end that is known: a fetch that waits there for more is only in the way of the next reading. */
    private static final Duration READERS_FETCH_WAIT = Duration.ofMillis(50);

    /** So long do messages in a partition that was added to a topic wait to be noticed. */
    static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(10);

    private final Map<String, Object> common;
    private final Duration lookForPartitions;

    ClientConfig(KafkaSettings settings, Duration lookForPartitions) {
        this.lookForPartitions = lookForPartitions;
        common = new HashMap<>(ClientSecurity.config(settings));
        common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        common.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    }

    Map<String, Object> admin() {
        return Map.copyOf(common);
    }

    /** Each partition has a batch of its own in the buffer, so it is larger than what may be unacknowledged. */
    Map<String, Object> producer(long maxUnackedBytes) {
        int batchBytes = (int) Math.max(MIN_BATCH_BYTES, Math.min(MAX_BATCH_BYTES, maxUnackedBytes / 8));
        Map<String, Object> config = new HashMap<>(common);
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, batchBytes);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * maxUnackedBytes + MAX_REQUEST_BYTES);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        config.put(CommonClientConfigs.SEND_BUFFER_CONFIG, -1);
        return config;
    }

    /** Without a group: the reader says where to begin, and wants to know if that is no longer there. */
    Map<String, Object> reader() {
        Map<String, Object> config = consumer();
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) READERS_FETCH_WAIT.toMillis());
        return config;
    }

    private Map<String, Object> consumer() {
        Map<String, Object> config = new HashMap<>(common);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_MESSAGES);
        config.put(CommonClientConfigs.RECEIVE_BUFFER_CONFIG, -1);
        return config;
    }

    /**
     * In a group. The classic protocol with a cooperative assignor: brokers of every age know it, and members that stay
     * keep their partitions while others come and go.
     */
    Map<String, Object> member(String group) {
        Map<String, Object> config = consumer();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) MEMBER_GONE.toMillis());
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
        config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, lookForPartitions.toMillis());
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }
}
