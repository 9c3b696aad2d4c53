package io.alertstream.local;

import io.alertstream.local.BrokerException.Problem;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;

/**
 * Keeps the broker's code from ending the process. Kafka's server calls exit or halt on a fatal error, such as a full
 * disk, which would end everything else in this process. Here the owners of the brokers are notified instead, and shut
 * down in an orderly way.
 */
final class FatalErrors {

    private static final Set<Consumer<BrokerException>> BROKERS = ConcurrentHashMap.newKeySet();

    private FatalErrors() {}

    /** Notifies the broker of fatal errors from now on. Kafka doesn't say which broker of the process failed. */
    static void notifyOf(Consumer<BrokerException> broker) {
        BROKERS.add(broker);
        Exit.setExitProcedure(FatalErrors::ended);
        Exit.setHaltProcedure(FatalErrors::ended);
    }

    static void forget(Consumer<BrokerException> broker) {
        BROKERS.remove(broker);
    }

    private static void ended(int status, String message) {
        BrokerException cause = new BrokerException(
                Problem.FAILED,
                "embedded broker failed (status " + status + (message == null ? "" : ", " + message)
                        + "): the log lines before this one say why");
        BROKERS.forEach(broker -> broker.accept(cause));
    }
}
