package io.alertstream.local;

import io.alertstream.local.BrokerException.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Broker and controller of one node, assembled as in Kafka's {@code KafkaRaftServer}, which isn't used because it
 * doesn't expose the ports that were picked.
 */
final class KafkaNode {

    private static final Logger log = LoggerFactory.getLogger(KafkaNode.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final ControllerServer controller;
    private final BrokerServer broker;

    /**
     * Reads the formatted directory; nothing runs before {@link #startup}.
     *
     * @param onFatalError called with a fatal error of the node
     */
    KafkaNode(Properties properties, Path directory, Consumer<BrokerException> onFatalError) {
        KafkaConfig config = new KafkaConfig(properties, false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
                KafkaRaftServer.initializeLogDirs(config, log, "[" + directory + "] ");
        SharedServer shared = new SharedServer(
                config,
                formatted._1(),
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, formatted._1().clusterId().orElseThrow()),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                (name, fatal, action) ->
                        fatal ? fatal(name, action, onFatalError) : new LoggingFaultHandler(name, action),
                ServerSocketFactory.INSTANCE);
        broker = new BrokerServer(shared);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
    }

    /**
     * Returns when clients are served.
     *
     * @param failure ends the wait: after a fatal error, Kafka's code expects the process to end and waits forever
     */
    void startup(CompletableFuture<Void> failure) throws ExecutionException, InterruptedException {
        CompletableFuture<Void> started = new CompletableFuture<>();
        Thread thread = inBackground("broker-start", started, () -> {
            controller.startup();
            broker.startup();
        });
        try {
            CompletableFuture.anyOf(started, failure).get();
        } finally {
            thread.interrupt();
            thread.join(STOP_LIMIT.toMillis());
        }
    }

    /**
     * Shuts down whatever is running, with everything written. The broker goes first, because its shutdown needs the
     * controller. Gives up after a while, since a failed broker may never end.
     */
    void shutdown() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        inBackground("broker-stop", stopped, () -> {
            broker.shutdown();
            controller.shutdown();
        });
        try {
            stopped.get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.atWarn().setCause(e).log("embedded broker shutdown incomplete");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int port(String listener) {
        return broker.boundPort(new ListenerName(listener));
    }

    private static FaultHandler fatal(String name, Runnable action, Consumer<BrokerException> onFatalError) {
        return (message, cause) -> {
            action.run();
            onFatalError.accept(new BrokerException(
                    Problem.FAILED, "embedded broker failed: " + name + ": " + message + ": " + cause, cause));
            return new FaultHandlerException(name + ": " + message, cause);
        };
    }

    private static Thread inBackground(String name, CompletableFuture<Void> result, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        result.complete(null);
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
