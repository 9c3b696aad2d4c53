package io.alertstream.local;

import java.nio.file.Path;
import java.util.Properties;

/** Configuration of the embedded broker: one node that is broker and controller, sized for a laptop. */
final class BrokerConfig {

    static final int NODE_ID = 1;
    static final String PLAINTEXT = "PLAINTEXT";
    static final String COMMUNITY = "COMMUNITY";
    static final String CONTROLLER = "CONTROLLER";
    static final String HOST = "127.0.0.1";

    /** Room for a message of 10 MB and for the producer's batches, with their overhead. */
    private static final int MAX_MESSAGE_BYTES = 12 << 20;

    private static final int LOG_SEGMENT_BYTES = 128 << 20;

    private BrokerConfig() {}

    static Properties of(BrokerOptions options, Path logDirectory, int controllerPort) {
        Properties config = new Properties();
        node(config, logDirectory, controllerPort);
        listeners(config, options, controllerPort);
        access(config);
        topics(config);
        resources(config);
        config.putAll(options.more());
        return config;
    }

    private static void node(Properties config, Path logDirectory, int controllerPort) {
        put(config, "node.id", NODE_ID);
        put(config, "process.roles", "broker,controller");
        put(config, "log.dirs", logDirectory);
        // Voters are configured here and not written into the log, so that the log starts again on any port.
        // After a kill, the new broker waits until the controller has fenced the old one: 9 s by default.
        put(config, "broker.session.timeout.ms", 5_000);
        put(config, "broker.heartbeat.interval.ms", 1_000);
        put(config, "controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
    }

    private static void listeners(Properties config, BrokerOptions options, int controllerPort) {
        StringBuilder addresses = new StringBuilder(address(PLAINTEXT, options.port()) + ","
                + address(COMMUNITY, options.scramPort()) + "," + address(CONTROLLER, controllerPort));
        StringBuilder protocols = new StringBuilder(
                PLAINTEXT + ":PLAINTEXT," + COMMUNITY + ":SASL_PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        options.listeners().forEach((name, protocol) -> {
            addresses.append(',').append(address(name, 0));
            protocols.append(',').append(name).append(':').append(protocol);
        });
        put(config, "listeners", addresses);
        put(config, "listener.security.protocol.map", protocols);
        put(config, "inter.broker.listener.name", PLAINTEXT);
        put(config, "controller.listener.names", CONTROLLER);
        // Fixed buffer sizes keep the kernel from growing the TCP window, which costs most of the speed on the
        // loopback.
        put(config, "socket.send.buffer.bytes", -1);
        put(config, "socket.receive.buffer.bytes", -1);
    }

    private static String address(String listener, int port) {
        return listener + "://" + HOST + ":" + port;
    }

    private static void access(Properties config) {
        put(config, "sasl.enabled.mechanisms", "SCRAM-SHA-512");
        put(
                config,
                "listener.name.community.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        put(config, "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        put(config, "super.users", "User:ANONYMOUS");
        put(config, "allow.everyone.if.no.acl.found", false);
    }

    private static void topics(Properties config) {
        put(config, "auto.create.topics.enable", false);
        put(config, "default.replication.factor", 1);
        put(config, "message.max.bytes", MAX_MESSAGE_BYTES);
        put(config, "replica.fetch.max.bytes", MAX_MESSAGE_BYTES);
        put(config, "log.segment.bytes", LOG_SEGMENT_BYTES);
        // Retention deletes whole segments at each check: rare checks would keep gigabytes with a visit every 37 s.
        put(config, "log.retention.check.interval.ms", 30_000);
        put(config, "log.segment.delete.delay.ms", 1_000);
        put(config, "offsets.topic.num.partitions", 1);
        put(config, "offsets.topic.replication.factor", 1);
        put(config, "transaction.state.log.num.partitions", 1);
        put(config, "transaction.state.log.replication.factor", 1);
        put(config, "transaction.state.log.min.isr", 1);
        put(config, "share.coordinator.state.topic.num.partitions", 1);
        put(config, "share.coordinator.state.topic.replication.factor", 1);
        put(config, "share.coordinator.state.topic.min.isr", 1);
        put(config, "group.initial.rebalance.delay.ms", 0);
    }

    private static void resources(Properties config) {
        put(config, "num.network.threads", 2);
        put(config, "num.io.threads", 2);
        put(config, "background.threads", 2);
        put(config, "num.recovery.threads.per.data.dir", 1);
        put(config, "group.coordinator.threads", 1);
        put(config, "share.coordinator.threads", 1);
        // The default takes 128 MiB of heap to compact topics that have a few thousand keys here.
        put(config, "log.cleaner.dedupe.buffer.size", 4 << 20);
    }

    private static void put(Properties config, String name, Object value) {
        config.setProperty(name, value.toString());
    }
}
