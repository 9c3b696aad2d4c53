package io.alertstream.k8s;

import io.alertstream.k8s.Manifests.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** There is one image, every pod has only the rights it needs, and there are never two replayers. */
final class PodsAgreement implements Agreement {

    @Override
    public List<String> problems(Manifests manifests) {
        List<String> problems = new ArrayList<>();
        Set<String> images = manifests.workloads().stream()
                .flatMap(workload -> workload.template().getSpec().getContainers().stream())
                .map(Container::getImage)
                .collect(Collectors.toSet());
        if (images.size() != 1) {
            problems.add("one image is expected, and there are " + images);
        }
        images.stream()
                .filter(image -> !image.matches(".*:\\d[^:/]*(@sha256:[0-9a-f]{64})?"))
                .forEach(image -> problems.add("image " + image + " has no version as its tag"));
        manifests.workloads().forEach(workload -> rights(workload, problems));
        manifests.all(Deployment.class).stream()
                .filter(deployment -> deployment.getMetadata().getName().equals("replayer"))
                .filter(deployment -> deployment.getSpec().getReplicas() != 1
                        || !deployment.getSpec().getStrategy().getType().equals("Recreate"))
                .forEach(deployment -> problems.add("there may be two replayers"));
        manifests.all(PodDisruptionBudget.class).stream()
                .filter(budget -> manifests.pods().stream()
                        .noneMatch(workload -> Labels.match(budget.getSpec().getSelector(), workload)))
                .forEach(budget -> problems.add(
                        "PodDisruptionBudget " + budget.getMetadata().getName() + " selects nothing"));
        return problems;
    }

    private static void rights(Workload workload, List<String> problems) {
        PodSpec pod = workload.template().getSpec();
        var rules = pod.getSecurityContext();
        if (rules == null
                || !Boolean.TRUE.equals(rules.getRunAsNonRoot())
                || rules.getRunAsUser() == null
                || rules.getRunAsUser() == 0) {
            problems.add(workload + " may run as root");
        }
        if (rules == null
                || rules.getSeccompProfile() == null
                || !rules.getSeccompProfile().getType().equals("RuntimeDefault")) {
            problems.add(workload + " has no seccomp profile");
        }
        boolean asksKubernetes = workload.env().containsKey("CONFIG_MAP");
        if (asksKubernetes != Boolean.TRUE.equals(pod.getAutomountServiceAccountToken())) {
            problems.add(workload + (asksKubernetes ? " lacks" : " needs no") + " token for Kubernetes");
        }
        for (Container container : pod.getContainers()) {
            var limits = container.getSecurityContext();
            if (limits == null
                    || !Boolean.FALSE.equals(limits.getAllowPrivilegeEscalation())
                    || !Boolean.TRUE.equals(limits.getReadOnlyRootFilesystem())
                    || !limits.getCapabilities().getDrop().equals(List.of("ALL"))) {
                problems.add(workload + " has more rights than it needs");
            }
            if (!container.getResources().getRequests().keySet().containsAll(Set.of("cpu", "memory"))
                    || !container.getResources().getLimits().containsKey("memory")) {
                problems.add(workload + " doesn't say what it needs");
            }
        }
    }
}
