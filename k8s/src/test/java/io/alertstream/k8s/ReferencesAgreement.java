package io.alertstream.k8s;

import io.alertstream.k8s.Manifests.Workload;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.KafkaUserScramSha512ClientAuthentication;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Everything referred to exists, or {@link MadeElsewhere} says who creates it. */
final class ReferencesAgreement implements Agreement {

    @Override
    public List<String> problems(Manifests manifests) {
        List<String> problems = new ArrayList<>();
        Names names =
                new Names(manifests, MadeElsewhere.secrets(manifests), MadeElsewhere.services(manifests), problems);
        manifests.pods().forEach(workload -> pod(names, workload));
        unmounted(names);
        accounts(names);
        kafka(names);
        routes(names);
        scaling(names);
        return problems;
    }

    /** Names that exist, and references found missing. */
    private record Names(
            Manifests manifests,
            Map<String, Set<String>> secrets,
            Map<String, Set<String>> services,
            List<String> problems) {

        void resource(String who, String kind, String name) {
            if (!manifests.has(kind, name)) {
                problems.add(who + " names the " + kind + " " + name + ", which isn't there");
            }
        }

        void secret(String who, String name, String key) {
            Set<String> keys = secrets.get(name);
            if (keys == null || (!keys.isEmpty() && !keys.contains(key))) {
                problems.add(who + " names the Secret " + name + " and its key " + key + ", which nobody makes");
            }
        }

        void service(String who, String name, String port) {
            if (!services.getOrDefault(name, Set.of()).contains(port)) {
                problems.add(who + " leads to port " + port + " of the Service " + name + ", which nobody makes");
            }
        }

        void topic(String who, String name) {
            if (!MadeElsewhere.TOPICS.contains(name) && !manifests.has("KafkaTopic", name)) {
                problems.add(who + " names the topic " + name + ", which nobody makes");
            }
        }
    }

    private static void pod(Names names, Workload workload) {
        String who = workload.toString();
        var pod = workload.template().getSpec();
        names.resource(who, "ServiceAccount", pod.getServiceAccountName());
        pod.getVolumes().forEach(volume -> volume(names, who, volume));
        pod.getContainers().forEach(container -> {
            container.getEnv().stream()
                    .map(EnvVar::getValueFrom)
                    .filter(from -> from != null && from.getSecretKeyRef() != null)
                    .forEach(from -> names.secret(
                            who,
                            from.getSecretKeyRef().getName(),
                            from.getSecretKeyRef().getKey()));
            container
                    .getEnvFrom()
                    .forEach(from -> names.resource(
                            who, "ConfigMap", from.getConfigMapRef().getName()));
            container.getVolumeMounts().stream()
                    .filter(mount -> pod.getVolumes().stream()
                            .noneMatch(volume -> volume.getName().equals(mount.getName())))
                    .forEach(mount -> names.problems().add(who + " mounts " + mount.getName() + ", which isn't there"));
        });
    }

    private static void volume(Names names, String who, Volume volume) {
        if (volume.getSecret() != null) {
            volume.getSecret()
                    .getItems()
                    .forEach(item -> names.secret(who, volume.getSecret().getSecretName(), item.getKey()));
        }
        if (volume.getConfigMap() != null) {
            names.resource(who, "ConfigMap", volume.getConfigMap().getName());
        }
        if (volume.getPersistentVolumeClaim() != null) {
            String claim = volume.getPersistentVolumeClaim().getClaimName();
            if (!MadeElsewhere.CLAIMS.contains(claim)) {
                names.resource(who, "PersistentVolumeClaim", claim);
            }
        }
    }

    /** A component's patch changes nothing, without a word, if what it changes comes from a later component. */
    private static void unmounted(Names names) {
        Stream<String> mounted = names.manifests().pods().stream()
                .flatMap(pod -> pod.template().getSpec().getVolumes().stream())
                .filter(volume -> volume.getConfigMap() != null)
                .map(volume -> volume.getConfigMap().getName());
        List<String> mounts = mounted.toList();
        names.manifests().names("ConfigMap").stream()
                .filter(name -> name.startsWith("replay-faults") && !mounts.contains(name))
                .forEach(name -> names.problems()
                        .add("nothing mounts the ConfigMap " + name
                                + ": components/replay-faults must come after components/simulator"));
    }

    private static void accounts(Names names) {
        names.manifests().all(RoleBinding.class).forEach(binding -> {
            String who = "RoleBinding " + binding.getMetadata().getName();
            names.resource(who, "Role", binding.getRoleRef().getName());
            binding.getSubjects().stream()
                    .filter(subject -> subject.getNamespace().equals(Manifests.NAMESPACE))
                    .forEach(subject -> names.resource(who, "ServiceAccount", subject.getName()));
        });
        names.manifests().all(Role.class).forEach(role -> role.getRules().stream()
                .filter(rule -> rule.getResources().equals(List.of("configmaps")))
                .flatMap(rule -> rule.getResourceNames().stream())
                .filter(name -> !name.equals(MadeElsewhere.LIVE_SETTINGS))
                .forEach(name -> names.resource("Role " + role.getMetadata().getName(), "ConfigMap", name)));
        // A pod that follows the ConfigMap may read it.
        List<String> readers = names.manifests().all(RoleBinding.class).stream()
                .filter(binding -> binding.getRoleRef().getName().equals("alertstream-settings-reader"))
                .flatMap(binding -> binding.getSubjects().stream())
                .map(subject -> subject.getName())
                .toList();
        names.manifests().workloads().stream()
                .filter(workload -> workload.env().containsKey("CONFIG_MAP")
                        != readers.contains(workload.template().getSpec().getServiceAccountName()))
                .forEach(workload -> names.problems().add(workload + " and the settings' readers disagree"));
    }

    private static void kafka(Names names) {
        Manifests manifests = names.manifests();
        Stream.of("KafkaUser", "KafkaTopic", "KafkaNodePool", "StrimziSchemaRegistry")
                .forEach(kind -> manifests.resources().stream()
                        .filter(resource -> resource.kind().equals(kind))
                        .forEach(resource -> names.resource(
                                kind + " " + resource.name(),
                                "Kafka",
                                resource.tree()
                                        .at("/metadata/labels/strimzi.io~1cluster")
                                        .asText())));
        for (KafkaUser user : manifests.all(KafkaUser.class)) {
            String who = "KafkaUser " + user.getMetadata().getName();
            if (user.getSpec().getAuthentication() instanceof KafkaUserScramSha512ClientAuthentication scram) {
                var from = scram.getPassword().getValueFrom().getSecretKeyRef();
                names.secret(who, from.getName(), from.getKey());
            }
            if (user.getSpec().getAuthorization() instanceof KafkaUserAuthorizationSimple simple) {
                simple.getAcls().forEach(rule -> {
                    if (rule.getResource() instanceof AclRuleTopicResource topic) {
                        names.topic(who, topic.getName());
                    }
                });
            }
        }
        for (Kafka kafka : manifests.all(Kafka.class)) {
            kafka.getSpec().getKafka().getListeners().stream()
                    .filter(listener -> listener.getConfiguration() != null
                            && listener.getConfiguration().getBrokerCertChainAndKey() != null)
                    .map(listener -> listener.getConfiguration().getBrokerCertChainAndKey())
                    .forEach(certificate -> {
                        names.secret("Kafka", certificate.getSecretName(), certificate.getCertificate());
                        names.secret("Kafka", certificate.getSecretName(), certificate.getKey());
                    });
        }
        manifests.all(OtherKinds.StrimziSchemaRegistry.class).forEach(registry -> {
            String who = "StrimziSchemaRegistry " + registry.metadata().getName();
            names.resource(who, "KafkaUser", registry.metadata().getName());
            names.topic(who, registry.spec().get("registryTopic").asText());
        });
        RegistryAgreement.ours(manifests)
                .ifPresent(registry -> names.topic("the registry", RegistryAgreement.topic(registry)));
        settings(names);
    }

    private static void settings(Names names) {
        Map<String, String> settings = names.manifests().settings();
        boolean replays = names.manifests().workloads().stream()
                .anyMatch(workload -> workload.role().equals("replayer"));
        Stream.of("STATIC_TOPIC", "REPLAY_TOPIC", "REPLAY_JOURNAL_TOPIC", "INGEST_TOPICS", "DEAD_LETTER_TOPIC")
                .filter(name -> replays || !name.equals("REPLAY_JOURNAL_TOPIC"))
                .forEach(name -> Stream.of(settings.get(name).split(","))
                        .forEach(topic -> names.topic("the setting " + name, topic.strip())));
        Stream.ofNullable(settings.get("SCORE_OUTPUT"))
                .filter(output -> output.startsWith("topic:"))
                .forEach(output -> names.topic("the setting SCORE_OUTPUT", output.substring("topic:".length())));
        Recipes.newTopic(names.manifests()).ifPresent(topic -> names.topic("the fault new-major", topic));
        String[] kafka = settings.get("KAFKA_BOOTSTRAP_SERVERS").split(":", -1);
        names.service("the setting KAFKA_BOOTSTRAP_SERVERS", kafka[0], kafka[1]);
        URI registry = URI.create(settings.get("SCHEMA_REGISTRY_URL"));
        names.service("the setting SCHEMA_REGISTRY_URL", registry.getHost(), String.valueOf(registry.getPort()));
    }

    private static void routes(Names names) {
        names.manifests().all(Ingress.class).forEach(ingress -> {
            String who = "Ingress " + ingress.getMetadata().getName();
            ingress(names, who, ingress.getSpec());
            ingress.getSpec().getTls().forEach(tls -> names.secret(who, tls.getSecretName(), "tls.crt"));
        });
        names.manifests()
                .all(OtherKinds.GafaelfawrIngress.class)
                .forEach(ingress -> ingress(
                        names,
                        "GafaelfawrIngress " + ingress.metadata().getName(),
                        ingress.template().spec()));
        names.manifests().all(HTTPRoute.class).forEach(route -> route.getSpec().getRules().stream()
                .flatMap(rule -> rule.getBackendRefs().stream())
                .forEach(backend -> names.service(
                        "HTTPRoute " + route.getMetadata().getName(),
                        backend.getName(),
                        String.valueOf(backend.getPort()))));
    }

    private static void ingress(Names names, String who, IngressSpec spec) {
        spec.getRules().stream()
                .flatMap(rule -> rule.getHttp().getPaths().stream())
                .map(HTTPIngressPath::getBackend)
                .forEach(backend -> {
                    var port = backend.getService().getPort();
                    names.service(
                            who,
                            backend.getService().getName(),
                            port.getName() == null ? String.valueOf(port.getNumber()) : port.getName());
                });
    }

    private static void scaling(Names names) {
        Map<String, String> settings = names.manifests().settings();
        names.manifests().all(OtherKinds.ScaledObject.class).forEach(scaled -> {
            String who = "ScaledObject " + scaled.metadata().getName();
            names.resource(who, "Deployment", scaled.spec().scaleTargetRef().name());
            scaled.spec().triggers().stream()
                    .filter(trigger -> trigger.type().equals("kafka"))
                    .forEach(trigger -> {
                        names.resource(
                                who,
                                "TriggerAuthentication",
                                trigger.authenticationRef().name());
                        // Without a topic, all that the group reads.
                        Optional.ofNullable(trigger.metadata().get("topic"))
                                .ifPresent(topic -> names.topic(who, topic));
                        if (!trigger.metadata().get("consumerGroup").equals(settings.get("INGEST_GROUP"))) {
                            names.problems().add(who + " measures another group than the ingester's");
                        }
                        String[] kafka =
                                trigger.metadata().get("bootstrapServers").split(":", -1);
                        names.service(who, kafka[0].replace("." + Manifests.NAMESPACE + ".svc", ""), kafka[1]);
                    });
            scaled.spec().triggers().stream()
                    .filter(trigger -> trigger.type().equals("prometheus"))
                    .filter(trigger -> !"false".equals(trigger.metadata().get("ignoreNullValues"))
                            || !trigger.metadata().get("query").contains(">= 0"))
                    .forEach(trigger -> names.problems().add(who + " takes an unknown lag for none"));
            int partitions = names.manifests().all(KafkaTopic.class).stream()
                    .filter(topic -> List.of(settings.get("INGEST_TOPICS").split(",", -1))
                            .contains(topic.getMetadata().getName()))
                    .mapToInt(topic -> topic.getSpec().getPartitions())
                    .sum();
            if (scaled.spec().maxReplicaCount() > partitions) {
                names.problems().add(who + " starts more ingesters than there are partitions, " + partitions);
            }
        });
        names.manifests().all(OtherKinds.TriggerAuthentication.class).forEach(each -> each.spec()
                .secretTargetRef()
                .forEach(from ->
                        names.secret("TriggerAuthentication " + each.metadata().getName(), from.name(), from.key())));
    }
}
