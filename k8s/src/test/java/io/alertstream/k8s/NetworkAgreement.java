package io.alertstream.k8s;

import io.alertstream.k8s.Manifests.Workload;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Network policies select pods that exist, and let each role's pods reach what the role needs, and nothing else. */
final class NetworkAgreement implements Agreement {

    private static final Map<String, String> REGISTRY = Map.of("app", "alert-schema-registry");
    private static final Map<String, String> BROKER =
            Map.of("strimzi.io/cluster", "alert-broker", "strimzi.io/broker-role", "true");

    /** Which roles call which service; this follows from the settings that each role uses. */
    private static final Set<String> OF_KAFKA = Set.of("loader", "replayer", "ingester", "server", "score");

    private static final Set<String> OF_REGISTRY = Set.of("schema-sync", "loader", "replayer", "ingester", "score");
    /** Pods that call Kubernetes' API, which also uses port 443. */
    private static final Map<String, String> SETTINGS_READER = Map.of("alertstream.io/settings-reader", "true");

    private static final Set<String> OF_BUCKETS = Set.of("ingester", "server");

    /** Where pods ask for names, if the answer doesn't come from a pod in kube-system. */
    private static final Map<String, String> DNS = new TreeMap<>(Map.of(
            "Cloud DNS of GKE", "169.254.169.254",
            "NodeLocal DNSCache", "169.254.20.10",
            "NodeLocal DNSCache at the Service's address", "10.96.0.10",
            "NodeLocal DNSCache at the Service's address on GKE", "34.118.224.10"));

    @Override
    public List<String> problems(Manifests manifests) {
        List<String> problems = new ArrayList<>();
        List<NetworkPolicy> policies = manifests.all(NetworkPolicy.class);
        List<Map<String, String>> pods = new ArrayList<>(List.of(REGISTRY, BROKER));
        manifests.workloads().forEach(workload -> pods.add(labels(workload)));
        for (NetworkPolicy policy : policies) {
            if (pods.stream().noneMatch(pod -> Labels.match(policy.getSpec().getPodSelector(), pod))) {
                problems.add("NetworkPolicy " + policy.getMetadata().getName() + " selects no pod");
            }
        }
        if (!restricted(policies, REGISTRY, "Ingress") || !restricted(policies, BROKER, "Ingress")) {
            problems.add("the namespace is open to everyone");
        }
        String store = manifests.settings().getOrDefault("ALERT_STORE", "");
        boolean google = store.startsWith("gs://");
        boolean buckets = google || store.startsWith("s3://");
        for (Workload workload : manifests.workloads()) {
            String role = workload.role();
            Map<String, String> labels = labels(workload);
            if (!restricted(policies, labels, "Egress")) {
                problems.add(workload + " may reach everything");
            }
            DNS.forEach((whose, address) ->
                    expect(problems, workload, whose, true, address(policies, labels, address, 53)));
            expect(problems, workload, "Kafka", OF_KAFKA.contains(role), egress(policies, labels, BROKER, 9092));
            expect(problems, workload, "the registry", OF_REGISTRY.contains(role), registry(policies, labels));
            expect(problems, workload, "Kafka's listener", OF_KAFKA.contains(role), listener(manifests, labels));
            boolean asksKubernetes = workload.env().containsKey("CONFIG_MAP");
            expect(problems, workload, "Kubernetes", asksKubernetes, egress(policies, labels, null, 6443));
            boolean usesBuckets = OF_BUCKETS.contains(role);
            expect(problems, workload, "its buckets", buckets && usesBuckets, anywhere(policies, labels, 443));
            boolean needsMetadata = google && usesBuckets;
            expect(problems, workload, "the metadata server", needsMetadata, egress(policies, labels, null, 988));
        }
        return problems;
    }

    private static void expect(List<String> problems, Workload workload, String whom, boolean needs, boolean may) {
        if (needs != may) {
            problems.add(workload + (needs ? " can't reach " : " needn't reach ") + whom);
        }
    }

    private static Map<String, String> labels(Workload workload) {
        return workload.template().getMetadata().getLabels();
    }

    private static boolean registry(List<NetworkPolicy> policies, Map<String, String> from) {
        return egress(policies, from, REGISTRY, 8081)
                && policies.stream()
                        .filter(policy -> Labels.match(policy.getSpec().getPodSelector(), REGISTRY))
                        .flatMap(policy -> policy.getSpec().getIngress().stream())
                        .anyMatch(rule -> port(rule.getPorts(), 8081) && peer(rule.getFrom(), from));
    }

    private static boolean listener(Manifests manifests, Map<String, String> from) {
        return manifests.all(Kafka.class).stream()
                .flatMap(kafka -> kafka.getSpec().getKafka().getListeners().stream())
                .filter(listener -> listener.getName().equals("internal"))
                .anyMatch(listener -> peer(listener.getNetworkPolicyPeers(), from));
    }

    private static boolean restricted(List<NetworkPolicy> policies, Map<String, String> pod, String direction) {
        return policies.stream()
                .anyMatch(policy -> policy.getSpec().getPolicyTypes().contains(direction)
                        && Labels.match(policy.getSpec().getPodSelector(), pod));
    }

    /** Whether a pod may open a connection; to a pod of the given labels, or to anything at all. */
    private static boolean egress(
            List<NetworkPolicy> policies, Map<String, String> from, Map<String, String> to, int port) {
        return policies.stream()
                .filter(policy -> Labels.match(policy.getSpec().getPodSelector(), from))
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .anyMatch(rule -> port(rule.getPorts(), port) && (to == null || peer(rule.getTo(), to)));
    }

    /** Whether a pod may open a connection to an address that isn't a pod's. */
    private static boolean address(List<NetworkPolicy> policies, Map<String, String> from, String address, int port) {
        return policies.stream()
                .filter(policy -> Labels.match(policy.getSpec().getPodSelector(), from))
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .filter(rule -> port(rule.getPorts(), port))
                .flatMap(rule -> rule.getTo().stream())
                .anyMatch(peer -> peer.getIpBlock() != null
                        && Cidr.of(peer.getIpBlock().getCidr()).contains(address));
    }

    /** Whether a pod may open connections to all addresses, as those of buckets change. */
    private static boolean anywhere(List<NetworkPolicy> policies, Map<String, String> from, int port) {
        return policies.stream()
                .filter(policy -> Labels.match(policy.getSpec().getPodSelector(), from)
                        && !Labels.match(policy.getSpec().getPodSelector(), SETTINGS_READER))
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .anyMatch(rule -> port(rule.getPorts(), port) && rule.getTo().isEmpty());
    }

    private static boolean port(List<NetworkPolicyPort> ports, int port) {
        return ports.stream().anyMatch(each -> each.getPort().getIntVal() == port);
    }

    private static boolean peer(List<NetworkPolicyPeer> peers, Map<String, String> pod) {
        return peers.stream().anyMatch(peer -> {
            LabelSelector selector = peer.getPodSelector();
            return selector != null && peer.getNamespaceSelector() == null && Labels.match(selector, pod);
        });
    }
}
