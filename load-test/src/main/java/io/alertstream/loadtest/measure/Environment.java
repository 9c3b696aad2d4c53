package io.alertstream.loadtest.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/** What a run ran on. */
public final class Environment {

    private Environment() {}

    /** By name, for a report. */
    public static Map<String, String> now() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        all.put("memory", (system.getTotalMemorySize() >> 20) + " MiB");
        all.put("heap", (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        all.put("os", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        all.put("java", property("java.runtime.version") + " " + property("java.vm.name"));
        all.put("kafka-clients", AppInfoParser.getVersion());
        String version = Environment.class.getPackage().getImplementationVersion();
        all.put("load-test", version == null ? "unpackaged" : version);
        return all;
    }

    /** The system's current one-minute load average. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
