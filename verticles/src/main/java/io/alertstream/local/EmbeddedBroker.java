package io.alertstream.local;

import io.alertstream.local.BrokerException.Problem;
import java.net.BindException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The real Apache Kafka broker in this process, in KRaft mode, listening on 127.0.0.1 only. The plaintext listener
 * has no access control. The SCRAM listener is what a community broker sees of a cluster: the user {@code community}
 * with the password {@code community} may read one topic in groups that begin with its name, and nothing else. A
 * second start on the same directory continues its log, on the same ports or others.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int START_ATTEMPTS = 5;

    private final BrokerDirectory directory;
    private final KafkaNode node;
    private final CompletableFuture<Void> failure;
    private final Consumer<BrokerException> onFatalError;

    private EmbeddedBroker(
            BrokerDirectory directory,
            KafkaNode node,
            CompletableFuture<Void> failure,
            Consumer<BrokerException> onFatalError) {
        this.directory = directory;
        this.node = node;
        this.failure = failure;
        this.onFatalError = onFatalError;
    }

    /**
     * Starts a broker and returns when it serves clients. Blocks for some seconds.
     *
     * @throws BrokerException if it can't start; nothing is left running then
     */
    public static EmbeddedBroker start(BrokerOptions options) {
        Ports.requireFree(options.port(), Problem.PLAINTEXT_PORT_IN_USE);
        Ports.requireFree(options.scramPort(), Problem.SCRAM_PORT_IN_USE);
        BrokerDirectory directory = BrokerDirectory.open(options.directory());
        CompletableFuture<Void> failure = new CompletableFuture<>();
        Consumer<BrokerException> onFatalError = failure::completeExceptionally;
        FatalErrors.notifyOf(onFatalError);
        KafkaNode node = null;
        try {
            node = startNode(options, directory, failure, onFatalError);
            EmbeddedBroker broker = new EmbeddedBroker(directory, node, failure, onFatalError);
            CommunityAccess.grant(broker.bootstrapServers(), options.communityTopic());
            return broker;
        } catch (Exception e) {
            if (node != null) {
                node.shutdown();
            }
            FatalErrors.forget(onFatalError);
            directory.close();
            throw failed(options, e);
        }
    }

    private static KafkaNode startNode(
            BrokerOptions options,
            BrokerDirectory directory,
            CompletableFuture<Void> failure,
            Consumer<BrokerException> onFatalError)
            throws Exception {
        for (int attempt = 1; ; attempt++) {
            KafkaNode node = node(directory, BrokerConfig.of(options, directory.path(), Ports.free()), onFatalError);
            try {
                node.startup(failure);
                return node;
            } catch (Exception e) {
                node.shutdown();
                // The controller's port was free a moment ago. If it was taken meanwhile, try another one.
                if (!isCausedBy(e, BindException.class) || attempt == START_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static KafkaNode node(
            BrokerDirectory directory, Properties config, Consumer<BrokerException> onFatalError) {
        try {
            return new KafkaNode(config, directory.path(), onFatalError);
        } catch (RuntimeException e) {
            throw new BrokerException(
                    Problem.DIRECTORY_FOREIGN,
                    "the broker's directory " + directory.path() + " holds a log that this broker can't continue: "
                            + e.getMessage(),
                    e);
        }
    }

    private static boolean isCausedBy(Throwable e, Class<? extends Throwable> type) {
        return e != null && (type.isInstance(e) || isCausedBy(e.getCause(), type));
    }

    private static BrokerException failed(BrokerOptions options, Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof BrokerException known && known.problem() != Problem.FAILED) {
            return known;
        }
        return new BrokerException(
                Problem.FAILED, "the broker on " + options.directory() + " can't start: " + cause.getMessage(), cause);
    }

    /** {@code HOST:PORT} of the plaintext listener. */
    public String bootstrapServers() {
        return BrokerConfig.HOST + ":" + port();
    }

    /** The port of the plaintext listener. */
    public int port() {
        return port(BrokerConfig.PLAINTEXT);
    }

    /** The port of the listener for {@code community}. */
    public int scramPort() {
        return port(BrokerConfig.COMMUNITY);
    }

    /** The port of a listener, by its name. */
    public int port(String listener) {
        return node.port(listener);
    }

    /** Changes these settings of a topic, and no others. Blocks. */
    public void configureTopic(String topic, Map<String, String> config)
            throws ExecutionException, InterruptedException, TimeoutException {
        new BrokerAdmin(bootstrapServers()).configureTopic(topic, config);
    }

    /**
     * Removes all members of a group, if the group exists. After a start, the group would wait a session timeout for
     * members that were killed. Blocks.
     */
    public void forgetMembers(String group) throws ExecutionException, InterruptedException, TimeoutException {
        new BrokerAdmin(bootstrapServers()).forgetMembers(group);
    }

    /** Fails with a {@link BrokerException} if the broker stops by itself; otherwise never completes. */
    public CompletionStage<Void> failure() {
        return failure.minimalCompletionStage();
    }

    /** Shuts down with everything on disk. Blocks, usually for less than a second. */
    @Override
    public void close() {
        node.shutdown();
        FatalErrors.forget(onFatalError);
        directory.close();
    }
}
