package io.alertstream.k8s;

import io.alertstream.k8s.Manifests.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ports match the settings, and probes, services and scrapes name ports and paths that exist. */
final class ProbesAgreement implements Agreement {

    @Override
    public List<String> problems(Manifests manifests) {
        List<String> problems = new ArrayList<>();
        Map<String, String> settings = manifests.settings();
        for (Workload workload : manifests.workloads()) {
            Container container = workload.template().getSpec().getContainers().get(0);
            expectPort(workload, container, "ops", settings.get("OPS_PORT"), problems);
            if (workload.role().equals("server")) {
                expectPort(workload, container, "http", settings.get("HTTP_PORT"), problems);
            }
        }
        for (Deployment deployment : manifests.all(Deployment.class)) {
            if (!deployment.getMetadata().getLabels().containsValue("alertstream")) {
                continue;
            }
            String name = deployment.getMetadata().getName();
            Container container =
                    deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
            probe(name + " startup", container.getStartupProbe(), "/live", problems);
            probe(name + " liveness", container.getLivenessProbe(), "/live", problems);
            probe(name + " readiness", container.getReadinessProbe(), "/ready", problems);
        }
        manifests
                .all(Service.class)
                .forEach(service -> service.getSpec().getPorts().forEach(port -> {
                    String target = port.getTargetPort().getStrVal();
                    if (selected(manifests, service.getSpec().getSelector()).stream()
                            .noneMatch(workload -> hasPort(workload, target))) {
                        problems.add("Service " + service.getMetadata().getName() + " leads to no port " + target);
                    }
                }));
        manifests.all(PodMonitor.class).stream()
                .filter(monitor -> monitor.getMetadata().getName().equals("alertstream"))
                .forEach(monitor -> monitor.getSpec()
                        .getPodMetricsEndpoints()
                        .forEach(endpoint -> manifests.workloads().stream()
                                .filter(workload ->
                                        !Labels.match(monitor.getSpec().getSelector(), workload)
                                                || !hasPort(workload, endpoint.getPort())
                                                || !"/metrics".equals(endpoint.getPath()))
                                .forEach(workload -> problems.add(workload + " isn't scraped"))));
        return problems;
    }

    private static List<Workload> selected(Manifests manifests, Map<String, String> selector) {
        return manifests.pods().stream()
                .filter(workload ->
                        workload.template().getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
                .toList();
    }

    private static boolean hasPort(Workload workload, String name) {
        return port(workload.template().getSpec().getContainers().get(0), name).isPresent();
    }

    private static Optional<ContainerPort> port(Container container, String name) {
        return container.getPorts().stream()
                .filter(port -> port.getName().equals(name))
                .findFirst();
    }

    private static void expectPort(
            Workload workload, Container container, String name, String number, List<String> problems) {
        if (port(container, name)
                .filter(port -> String.valueOf(port.getContainerPort()).equals(number))
                .isEmpty()) {
            problems.add(workload + " has no port " + name + " " + number);
        }
    }

    private static void probe(String name, Probe probe, String path, List<String> problems) {
        if (probe == null
                || !path.equals(probe.getHttpGet().getPath())
                || !"ops".equals(probe.getHttpGet().getPort().getStrVal())) {
            problems.add("the " + name + " probe doesn't ask " + path + " of the port ops");
        }
    }
}
