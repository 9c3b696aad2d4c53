package io.alertstream.k8s;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The resources that one overlay renders. Immutable; the changing methods are for tests that break something. */
record Manifests(List<Resource> resources) {

    static final String NAMESPACE = "alert-stream-broker";
    static final String SETTINGS = "alertstream-settings";

    /** One of our pods, with the resource that creates it. */
    record Workload(String kind, String name, PodTemplateSpec template) {

        /** The value of ROLE. */
        String role() {
            return env().getOrDefault("ROLE", "");
        }

        /** The variables set in its own manifest, without those from a ConfigMap. */
        Map<String, String> env() {
            Map<String, String> env = new java.util.TreeMap<>();
            template.getSpec().getContainers().forEach(container -> container
                    .getEnv()
                    .forEach(variable -> env.put(variable.getName(), String.valueOf(variable.getValue()))));
            return env;
        }

        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    static Manifests of(String yaml) {
        return new Manifests(
                StrictReader.documents(yaml).stream().map(Resource::of).toList());
    }

    <T> List<T> all(Class<T> type) {
        return resources.stream()
                .map(Resource::model)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    boolean has(String kind, String name) {
        return resources.stream().anyMatch(resource -> resource.is(kind, name));
    }

    /** The names of a kind's resources. */
    List<String> names(String kind) {
        return resources.stream()
                .filter(resource -> resource.kind().equals(kind))
                .map(Resource::name)
                .toList();
    }

    /** The pods that run our image. */
    List<Workload> workloads() {
        return pods().stream()
                .filter(workload -> workload.template().getSpec().getContainers().stream()
                        .anyMatch(container -> container.getName().equals("alertstream")))
                .toList();
    }

    /** All pods that aren't an operator's. */
    List<Workload> pods() {
        List<Workload> workloads = new ArrayList<>();
        all(Deployment.class)
                .forEach(each -> workloads.add(new Workload(
                        "Deployment",
                        each.getMetadata().getName(),
                        each.getSpec().getTemplate())));
        all(StatefulSet.class)
                .forEach(each -> workloads.add(new Workload(
                        "StatefulSet",
                        each.getMetadata().getName(),
                        each.getSpec().getTemplate())));
        all(Job.class)
                .forEach(each -> workloads.add(new Workload(
                        "Job", each.getMetadata().getName(), each.getSpec().getTemplate())));
        return workloads;
    }

    /** What the settings' ConfigMap says. */
    Map<String, String> settings() {
        return all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(SETTINGS))
                .findFirst()
                .map(ConfigMap::getData)
                .orElseThrow(() -> new IllegalStateException("no ConfigMap " + SETTINGS));
    }

    /** The same with one resource changed. */
    Manifests change(String kind, String name, Consumer<ObjectNode> change) {
        if (!has(kind, name)) {
            throw new IllegalArgumentException("no " + kind + " " + name);
        }
        return new Manifests(resources.stream()
                .map(resource -> {
                    if (!resource.is(kind, name)) {
                        return resource;
                    }
                    ObjectNode tree = resource.tree().deepCopy();
                    change.accept(tree);
                    return Resource.of(tree);
                })
                .toList());
    }

    /** The same and more. */
    Manifests with(String yaml) {
        return new Manifests(
                Stream.concat(resources.stream(), of(yaml).resources().stream()).toList());
    }

    /** The same without one resource. */
    Manifests without(String kind, String name) {
        Predicate<Resource> it = resource -> resource.is(kind, name);
        if (resources.stream().noneMatch(it)) {
            throw new IllegalArgumentException("no " + kind + " " + name);
        }
        return new Manifests(resources.stream().filter(it.negate()).toList());
    }
}
