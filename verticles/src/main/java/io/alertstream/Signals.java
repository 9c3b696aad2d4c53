package io.alertstream;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Shuts the process down in order on the signals that a terminal or Kubernetes sends. The JVM's default would end
 * with status 143 instead of 0 and ignore a second signal. Uses {@code sun.misc.Signal} of the module {@code
 * jdk.unsupported} by reflection, since naming it causes a compiler warning.
 */
final class Signals {

    private Signals() {}

    /** Calls {@code stop} at the first SIGINT or SIGTERM; the second ends the process at once. */
    static void onFirst(Runnable stop) {
        AtomicBoolean asked = new AtomicBoolean();
        Runnable received = () -> {
            if (asked.compareAndSet(false, true)) {
                stop.run();
            } else {
                Runtime.getRuntime().halt(Main.FAILED);
            }
        };
        try {
            for (String name : List.of("INT", "TERM")) {
                handle(name, received);
            }
        } catch (ReflectiveOperationException e) {
            LoggerFactory.getLogger(Signals.class)
                    .warn(
                            "SIGINT and SIGTERM will end this process without an orderly shutdown; no signal handler: {}",
                            String.valueOf(e.getCause()));
        }
    }

    private static void handle(String name, Runnable received) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object runs = Proxy.newProxyInstance(
                Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    received.run();
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), runs);
    }
}
