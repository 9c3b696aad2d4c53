package io.alertstream;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Silences what JDK 24 and newer print when Kafka's broker unmaps its index files with {@code sun.misc.Unsafe}: four
 * alarming lines about something that only Kafka can mend. The option against it,
 * {@code --sun-misc-unsafe-memory-access=allow}, can't stand in a jar's manifest, so it is set where the JDK keeps it;
 * the manifest's {@code Add-Opens} allows that. Where a later JDK keeps it elsewhere, the lines are back and nothing
 * else happens. To be deleted once Kafka uses the foreign memory API.
 */
final class UnsafeWarnings {

    private static final int FIRST_JDK_THAT_WARNS = 24;
    private static final String OPTION = "sun.misc.unsafe.memory.access";
    private static final Logger log = LoggerFactory.getLogger(UnsafeWarnings.class);

    private UnsafeWarnings() {}

    /** Has to be called before the first use of {@code sun.misc.Unsafe}; leaves an option that was given as it is. */
    static void silence() {
        if (Runtime.version().feature() < FIRST_JDK_THAT_WARNS) {
            return;
        }
        try {
            Field field = Class.forName("jdk.internal.misc.VM").getDeclaredField("savedProps");
            field.setAccessible(true);
            @SuppressWarnings("unchecked") // The JDK's own type of it.
            Map<String, String> given = (Map<String, String>) field.get(null);
            Map<String, String> properties = new HashMap<>(given);
            properties.putIfAbsent(OPTION, "allow");
            field.set(null, properties);
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("the JDK will warn of sun.misc.Unsafe", e);
        }
    }
}
