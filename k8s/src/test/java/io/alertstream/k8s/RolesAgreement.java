package io.alertstream.k8s;

import io.alertstream.k8s.Manifests.Workload;
import io.alertstream.settings.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Every role that runs in a cluster has one workload, of the kind that fits its lifetime. */
final class RolesAgreement implements Agreement {

    /** Roles for one machine, and those started by hand: see README.md. */
    private static final Set<Role> NOT_DEPLOYED = Set.of(Role.LOCAL, Role.AUDIT);

    /** Roles in components that an overlay may take. */
    private static final Set<Role> OPTIONAL = Set.of(Role.SCORE, Role.LOADER, Role.REPLAYER);

    @Override
    public List<String> problems(Manifests manifests) {
        List<String> problems = new ArrayList<>();
        Set<String> known = Arrays.stream(Role.values()).map(Role::toString).collect(Collectors.toSet());
        manifests.workloads().stream()
                .filter(workload -> !known.contains(workload.role()))
                .forEach(workload -> problems.add(workload + ": ROLE " + workload.role() + " isn't a role"));
        for (Role role : Role.values()) {
            List<Workload> workloads = manifests.workloads().stream()
                    .filter(workload -> workload.role().equals(role.toString()))
                    .toList();
            boolean isLeftOut = workloads.isEmpty() && OPTIONAL.contains(role);
            if (!isLeftOut && workloads.size() != (NOT_DEPLOYED.contains(role) ? 0 : 1)) {
                problems.add(role + " has the workloads " + workloads);
            }
            String kind = role.lives().equals("one run") ? "Job" : "Deployment";
            workloads.stream()
                    .filter(workload -> !workload.kind().equals(kind))
                    .forEach(workload -> problems.add(workload + " runs " + role + ", which lives " + role.lives()));
        }
        Set<String> running = manifests.workloads().stream().map(Workload::role).collect(Collectors.toSet());
        if (running.contains(Role.LOADER.toString()) != running.contains(Role.REPLAYER.toString())) {
            problems.add("the loader and the replayer need each other");
        }
        return problems;
    }
}
