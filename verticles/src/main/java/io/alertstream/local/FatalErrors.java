package io.alertstream.local;

import io.alertstream.local.BrokerException.Problem;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;

/**
 * Keeps the broker's code from ending the process. Kafka's server calls exit or halt where it can't go on, such as on a
 * full disk: a halt in the midst of everything else that shares this process. Here the brokers of the process are told
 * instead, and whoever started them stops in order.
 */
final class FatalErrors {

    private static final Set<Consumer<BrokerException>> BROKERS = ConcurrentHashMap.newKeySet();

    private FatalErrors() {}

    /** From now on such an end is told to the broker; Kafka doesn't say which broker of the process it was. */
    static void tell(Consumer<BrokerException> broker) {
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
                "the embedded broker can't go on (status " + status + (message == null ? "" : ", " + message)
                        + "): the log lines before this one say why");
        BROKERS.forEach(broker -> broker.accept(cause));
    }
}
