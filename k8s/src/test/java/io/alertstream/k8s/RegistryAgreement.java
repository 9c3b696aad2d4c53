package io.alertstream.k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * There is one schema registry, by one of two ways; it outlives the loss of a pod wherever Kafka outlives that of a broker,
 * and with ours, a renewed certificate restarts it.
 */
final class RegistryAgreement implements Agreement {

    static final String NAME = "alert-schema-registry";

    /** Where the container keeps the certificates that it started with. */
    private static final String STARTED_WITH = "/tmp/certificates";

    @Override
    public List<String> problems(Manifests manifests) {
        List<String> problems = new ArrayList<>();
        Optional<StatefulSet> ours = ours(manifests);
        List<OtherKinds.StrimziSchemaRegistry> operators = manifests.all(OtherKinds.StrimziSchemaRegistry.class);
        if (operators.size() + (ours.isPresent() ? 1 : 0) != 1) {
            problems.add("one schema registry is expected: components/registry or components/registry-operator");
        }
        int brokers = manifests.all(KafkaNodePool.class).stream()
                .filter(pool -> pool.getMetadata().getName().equals("broker"))
                .mapToInt(pool -> pool.getSpec().getReplicas())
                .sum();
        int replicas = ours.map(registry -> registry.getSpec().getReplicas()).orElseGet(() -> operators.stream()
                .mapToInt(each -> each.spec().get("replicas").asInt())
                .sum());
        if (brokers > 1 && replicas < 2) {
            problems.add("the registry's only replica can't be restarted without an outage");
        }
        ours.ifPresent(registry -> container(registry, problems));
        return problems;
    }

    /** Ours; empty if the operator creates it. */
    static Optional<StatefulSet> ours(Manifests manifests) {
        return manifests.all(StatefulSet.class).stream()
                .filter(registry -> registry.getMetadata().getName().equals(NAME))
                .findFirst();
    }

    /** The topic with the schemas. */
    static String topic(StatefulSet registry) {
        return registry.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
                .filter(variable -> variable.getName().equals("SCHEMA_REGISTRY_KAFKASTORE_TOPIC"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static void container(StatefulSet registry, List<String> problems) {
        Container container =
                registry.getSpec().getTemplate().getSpec().getContainers().get(0);
        if (container.getReadinessProbe() == null || container.getStartupProbe() == null) {
            problems.add("nobody knows when the registry is ready");
        }
        boolean remembers = container.getCommand().stream().anyMatch(part -> part.contains("> " + STARTED_WITH));
        if (!remembers || !compares(container.getLivenessProbe())) {
            problems.add("the registry keeps its old certificate when Strimzi renews it");
        }
        if (!Boolean.FALSE.equals(registry.getSpec().getTemplate().getSpec().getEnableServiceLinks())) {
            problems.add("the registry takes the variables of Services for settings");
        }
    }

    private static boolean compares(Probe probe) {
        return probe != null
                && probe.getExec() != null
                && probe.getExec().getCommand().stream().anyMatch(part -> part.contains(STARTED_WITH));
    }
}
