package io.alertstream.k8s;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nobody loses data by deleting an overlay: what holds data is guarded against Argo CD, the delete guard knows its kind, and
 * the namespace, whose end takes everything along, is part of no overlay.
 */
final class DataAgreement implements Agreement {

    /** Kinds that hold data, as the delete guard names them. */
    static final Map<String, String> KINDS = Map.of(
            "Namespace", "namespaces",
            "PersistentVolumeClaim", "persistentvolumeclaims",
            "Kafka", "kafkas",
            "KafkaNodePool", "kafkanodepools",
            "KafkaTopic", "kafkatopics");

    @Override
    public List<String> problems(Manifests manifests) {
        List<String> problems = new ArrayList<>();
        for (Resource resource : manifests.resources()) {
            String who = resource.kind() + " " + resource.name();
            if (resource.kind().equals("Namespace")) {
                problems.add(who + " is deleted together with the overlay");
            }
            if (KINDS.containsKey(resource.kind()) && !isGuarded(resource)) {
                problems.add(who + " holds data, and Argo CD may delete it");
            }
        }
        return problems;
    }

    static boolean isGuarded(Resource resource) {
        String options = resource.tree()
                .at("/metadata/annotations/argocd.argoproj.io~1sync-options")
                .asText();
        return Arrays.asList(options.split(",", -1)).containsAll(Set.of("Prune=false", "Delete=false"));
    }
}
