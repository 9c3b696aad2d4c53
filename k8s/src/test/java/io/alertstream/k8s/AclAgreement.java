package io.alertstream.k8s;

import static io.strimzi.api.kafka.model.user.acl.AclOperation.ALL;
import static io.strimzi.api.kafka.model.user.acl.AclOperation.CREATE;
import static io.strimzi.api.kafka.model.user.acl.AclOperation.DELETE;
import static io.strimzi.api.kafka.model.user.acl.AclOperation.DESCRIBE;
import static io.strimzi.api.kafka.model.user.acl.AclOperation.DESCRIBECONFIGS;
import static io.strimzi.api.kafka.model.user.acl.AclOperation.READ;
import static io.strimzi.api.kafka.model.user.acl.AclOperation.WRITE;

import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.KafkaAuthorizationSimple;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.KafkaUserScramSha512ClientAuthentication;
import io.strimzi.api.kafka.model.user.KafkaUserTlsClientAuthentication;
import io.strimzi.api.kafka.model.user.acl.AclOperation;
import io.strimzi.api.kafka.model.user.acl.AclResourcePatternType;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Each user may do what its programs do, and no more. What a program does follows from its settings; the rights that an
 * operation needs are Kafka's (its documentation, "Protocol to resources").
 */
final class AclAgreement implements Agreement {

    /** Who it is, if it isn't one of the system's own. */
    private static final String USER = "alertstream.io/user";

    @Override
    public List<String> problems(Manifests manifests) {
        List<String> problems = new ArrayList<>();
        Map<String, Map<String, Set<AclOperation>>> needs = needs(manifests);
        for (KafkaUser user : manifests.all(KafkaUser.class)) {
            String name = user.getMetadata().getName();
            if (user.getMetadata().getLabels().containsKey(USER)) {
                switch (user.getMetadata().getLabels().get(USER)) {
                    case "community" -> community(user, outputTopic(manifests.settings()), problems);
                    case "service" -> service(user, problems);
                    default -> problems.add(name + " is neither of the community nor a service");
                }
                continue;
            }
            if (!(user.getSpec().getAuthentication() instanceof KafkaUserTlsClientAuthentication)) {
                problems.add(name + " doesn't use mutual TLS");
            }
            Map<String, Set<AclOperation>> granted = granted(user);
            Map<String, Set<AclOperation>> needed = needs.getOrDefault(name, Map.of());
            if (!granted.equals(needed)) {
                problems.add(name + " may " + granted + " and needs " + needed);
            }
        }
        needs.keySet().stream()
                .filter(name -> !manifests.has("KafkaUser", name))
                .forEach(name -> problems.add("there is no KafkaUser " + name));
        superuser(manifests, problems);
        return problems;
    }

    /** What each of the system's own users needs, according to its programs' settings. */
    private static Map<String, Map<String, Set<AclOperation>>> needs(Manifests manifests) {
        Map<String, String> settings = manifests.settings();
        Map<String, Map<String, Set<AclOperation>>> needs = new TreeMap<>();
        needs.put("superuser", Map.of());
        if (manifests.workloads().stream().anyMatch(workload -> workload.role().equals("replayer"))) {
            simulator(manifests, settings, needs);
        }
        // The ingester reads as a group; audit reads from the beginning, without one, and also the dead letters.
        Arrays.stream(settings.get("INGEST_TOPICS").split(",", -1))
                .forEach(topic -> need(needs, "ingester", "topic " + topic.strip(), DESCRIBE, READ));
        need(needs, "ingester", "group " + settings.get("INGEST_GROUP"), DESCRIBE, READ);
        need(needs, "ingester", "topic " + settings.get("DEAD_LETTER_TOPIC"), DESCRIBE, READ, WRITE);
        // The server's system page reads the topics' end offsets and every group's offsets.
        Stream.of("STATIC_TOPIC", "REPLAY_TOPIC", "DEAD_LETTER_TOPIC")
                .forEach(topic -> need(needs, "server", "topic " + settings.get(topic), DESCRIBE));
        need(needs, "server", "group *", DESCRIBE);
        // The scorekeeper reads without a group.
        outputTopic(settings).ifPresent(output -> Stream.concat(
                        Stream.of(settings.get("REPLAY_TOPIC"), settings.get("REPLAY_JOURNAL_TOPIC"), output),
                        Recipes.newTopic(manifests).stream())
                .forEach(topic -> need(needs, "score", "topic " + topic, DESCRIBE, READ)));
        // Confluent's documentation: "Authorizing access to the schemas topic".
        Stream.concat(
                        manifests.all(OtherKinds.StrimziSchemaRegistry.class).stream()
                                .map(registry ->
                                        registry.spec().get("registryTopic").asText()),
                        RegistryAgreement.ours(manifests).map(RegistryAgreement::topic).stream())
                .forEach(topic -> {
                    String user = RegistryAgreement.NAME;
                    need(needs, user, "topic " + topic, DESCRIBE, DESCRIBECONFIGS, READ, WRITE);
                    need(needs, user, "group schema-registry", DESCRIBE, READ);
                    need(needs, user, "topic __consumer_offsets", DESCRIBE);
                });
        return needs;
    }

    private static void simulator(
            Manifests manifests, Map<String, String> settings, Map<String, Map<String, Set<AclOperation>>> needs) {
        // The loader deletes the static topic, recreates it, waits for it, reads its configuration and fills it; the
        // replayer reads it without a group.
        need(needs, "simulator", "topic " + settings.get("STATIC_TOPIC"), CREATE, DELETE, DESCRIBE, READ, WRITE);
        need(needs, "simulator", "topic " + settings.get("STATIC_TOPIC"), DESCRIBECONFIGS);
        need(needs, "simulator", "topic " + settings.get("REPLAY_TOPIC"), DESCRIBE, WRITE);
        // A replayer that restarts reads the journal's last line.
        need(needs, "simulator", "topic " + settings.get("REPLAY_JOURNAL_TOPIC"), DESCRIBE, READ, WRITE);
        Recipes.newTopic(manifests).ifPresent(topic -> need(needs, "simulator", "topic " + topic, DESCRIBE, WRITE));
    }

    /** The topic to which a broker under test writes what it accepted. */
    private static Optional<String> outputTopic(Map<String, String> settings) {
        return Optional.ofNullable(settings.get("SCORE_OUTPUT"))
                .filter(output -> output.startsWith("topic:"))
                .map(output -> output.substring("topic:".length()));
    }

    private static void need(
            Map<String, Map<String, Set<AclOperation>>> needs,
            String user,
            String resource,
            AclOperation... operations) {
        needs.computeIfAbsent(user, name -> new TreeMap<>())
                .computeIfAbsent(resource, name -> new TreeSet<>())
                .addAll(List.of(operations));
    }

    /** A program outside that publishes alerts writes to its topics and does nothing else. */
    private static void service(KafkaUser user, List<String> problems) {
        password(user, problems);
        granted(user).forEach((resource, operations) -> {
            if (!resource.startsWith("topic ")
                    || resource.endsWith("*")
                    || !operations.equals(Set.of(DESCRIBE, WRITE))) {
                problems.add(user.getMetadata().getName() + " is a service and may " + operations + " on " + resource);
            }
        });
    }

    private static void password(KafkaUser user, List<String> problems) {
        String name = user.getMetadata().getName();
        if (!(user.getSpec().getAuthentication() instanceof KafkaUserScramSha512ClientAuthentication scram)) {
            problems.add(name + " doesn't use SCRAM-SHA-512");
        } else if (!scram.getPassword()
                .getValueFrom()
                .getSecretKeyRef()
                .getKey()
                .equals(name + "-password")) {
            problems.add(name + " uses the password of another");
        }
    }

    /**
     * DMTN-210, "Access Restrictions": read-only topics, and full rights on groups with the user's prefix. A broker under
     * test also writes its output.
     */
    private static void community(KafkaUser user, Optional<String> output, List<String> problems) {
        String name = user.getMetadata().getName();
        password(user, problems);
        granted(user).forEach((resource, operations) -> {
            boolean isOutput =
                    output.filter(topic -> resource.equals("topic " + topic)).isPresent();
            boolean fits = resource.startsWith("topic ")
                    ? operations.equals(isOutput ? Set.of(DESCRIBE, WRITE) : Set.of(READ, DESCRIBE, DESCRIBECONFIGS))
                    : resource.equals("group " + name + "*") && operations.equals(Set.of(ALL));
            if (!fits) {
                problems.add(name + " is of the community and may " + operations + " on " + resource);
            }
        });
    }

    private static void superuser(Manifests manifests, List<String> problems) {
        for (Kafka kafka : manifests.all(Kafka.class)) {
            if (!(kafka.getSpec().getKafka().getAuthorization() instanceof KafkaAuthorizationSimple simple)) {
                problems.add("Kafka authorizes nobody, which is everybody");
            } else if (!simple.getSuperUsers().equals(List.of("CN=superuser"))) {
                problems.add("the superusers are " + simple.getSuperUsers());
            }
        }
    }

    private static Map<String, Set<AclOperation>> granted(KafkaUser user) {
        Map<String, Set<AclOperation>> granted = new TreeMap<>();
        if (user.getSpec().getAuthorization() instanceof KafkaUserAuthorizationSimple simple) {
            for (AclRule rule : simple.getAcls()) {
                granted.computeIfAbsent(resource(rule), name -> new TreeSet<>()).addAll(rule.getOperations());
            }
        }
        return granted;
    }

    private static String resource(AclRule rule) {
        if (rule.getResource() instanceof AclRuleTopicResource topic) {
            return "topic " + topic.getName() + mark(topic.getPatternType());
        }
        if (rule.getResource() instanceof AclRuleGroupResource group) {
            return "group " + group.getName() + mark(group.getPatternType());
        }
        return rule.getResource().getType();
    }

    private static String mark(AclResourcePatternType pattern) {
        return pattern == AclResourcePatternType.PREFIX ? "*" : "";
    }
}
