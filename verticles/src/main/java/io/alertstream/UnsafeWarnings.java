package io.alertstream;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Silences the warning that JDK 24 and later print when Kafka's broker unmaps index files with {@code
 * sun.misc.Unsafe}: only Kafka can fix its cause. The option {@code --sun-misc-unsafe-memory-access=allow} isn't
 * possible in a jar's manifest, so the JDK's internal field is set; the manifest's {@code Add-Opens} allows that. If
 * a later JDK moves the field, the warning is back and nothing else happens. Delete this once Kafka uses the foreign
 * memory API.
 */
final class UnsafeWarnings {

    private static final int FIRST_JDK_THAT_WARNS = 24;
    private static final String OPTION = "sun.misc.unsafe.memory.access";
    private static final Logger log = LoggerFactory.getLogger(UnsafeWarnings.class);

    private UnsafeWarnings() {}

    /** Must be called before the first use of {@code sun.misc.Unsafe}. Keeps an option that was given. */
    static void silence() {
        if (Runtime.version().feature() < FIRST_JDK_THAT_WARNS) {
            return;
        }
        try {
            Field field = Class.forName("jdk.internal.misc.VM").getDeclaredField("savedProps");
            field.setAccessible(true);
            @SuppressWarnings("unchecked") // The type of the JDK's field.
            Map<String, String> given = (Map<String, String>) field.get(null);
            Map<String, String> properties = new HashMap<>(given);
            properties.putIfAbsent(OPTION, "allow");
            field.set(null, properties);
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("the JDK will warn of sun.misc.Unsafe", e);
        }
    }
}
