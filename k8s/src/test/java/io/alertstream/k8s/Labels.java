package io.alertstream.k8s;

import io.alertstream.k8s.Manifests.Workload;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Map;

/** Evaluates label selectors. */
final class Labels {

    private Labels() {}

    static boolean match(LabelSelector selector, Workload workload) {
        return match(selector, workload.template().getMetadata().getLabels());
    }

    static boolean match(LabelSelector selector, Map<String, String> labels) {
        boolean exact = selector.getMatchLabels() == null
                || labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
        return exact
                && selector.getMatchExpressions().stream().allMatch(each -> switch (each.getOperator()) {
                    case "In" -> each.getValues().contains(labels.getOrDefault(each.getKey(), ""));
                    case "NotIn" -> !each.getValues().contains(labels.getOrDefault(each.getKey(), ""));
                    case "Exists" -> labels.containsKey(each.getKey());
                    case "DoesNotExist" -> !labels.containsKey(each.getKey());
                    default -> throw new IllegalArgumentException("operator " + each.getOperator());
                });
    }
}
