package io.alertstream.replayer;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that the replayer is waiting for a visit: at once, and then every minute. */
final class WaitingLog {

    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Logger log = LoggerFactory.getLogger(WaitingLog.class);

    private boolean waiting;
    private long loggedNanos;

    void waiting(String why, long nowNanos) {
        if (!waiting || nowNanos - loggedNanos >= AGAIN_NANOS) {
            waiting = true;
            loggedNanos = nowNanos;
            log.atInfo().addKeyValue("role", "replayer").log("waiting for a visit to replay: {}", why);
        }
    }

    void over() {
        waiting = false;
    }
}
