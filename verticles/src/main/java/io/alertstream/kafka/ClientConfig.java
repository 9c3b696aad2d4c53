package io.alertstream.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Configuration of Kafka's clients. */
final class ClientConfig {

    /** How long a broker may be unavailable before requests fail. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The fetch limit per broker in bytes; a single larger batch still passes. */
    static final int FETCH_BYTES = 16 << 20;

    /** As large as our producer's batches with their overhead. */
    static final int PARTITION_FETCH_BYTES = 5 << 20;

    /** Few, since a small compressed batch may unpack to messages of 10 MB each. */
    private static final int POLL_MESSAGES = 128;

    /** Large batches raise the throughput of one partition from 60 to 250 MB/s. */
    private static final int MAX_BATCH_BYTES = 4 << 20;

    private static final int MIN_BATCH_BYTES = 16 << 10;

    /** Room for a message of 10 MB with its headers; the broker has its own limit. */
    private static final int MAX_REQUEST_BYTES = 12 << 20;

    /** The session timeout. It is how long the partitions of a killed member stay assigned to it. */
    private static final Duration MEMBER_GONE = Duration.ofSeconds(15);

    /** The heartbeat interval. It is how soon members notice a rebalance, of which each change takes two. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** Short, since a reader knows where to stop: a fetch that waits at the end only delays the next read. */
    private static final Duration READERS_FETCH_WAIT = Duration.ofMillis(50);

    /** The metadata refresh interval. It is how soon a new partition of a topic is consumed. */
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

    /** The buffer is larger than the limit of unacknowledged bytes, since each partition fills a batch of its own. */
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

    /** Without a group. The reader chooses its offsets, and fails if they no longer exist. */
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
     * In a group, with the classic protocol and a cooperative assignor: all broker versions support it, and members
     * keep their partitions while others join and leave.
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
