package io.alertstream.k8s;

import io.fabric8.kubernetes.api.model.Quantity;
import io.strimzi.api.kafka.model.kafka.JbodStorage;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.PersistentClaimStorage;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListenerConfigurationBroker;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Brokers have the ids for which there are addresses, disks where their nodes are, and there are enough for the replicas. */
final class BrokersAgreement implements Agreement {

    /** On GKE, a spinning disk, created before anybody knows where its pod runs. */
    private static final String BINDS_AT_ONCE = "standard";

    /** Where KafkaDiskFilling fires. */
    private static final double FULL = 0.8;

    private static final Pattern RANGE = Pattern.compile("\\[(\\d+)-(\\d+)]");

    @Override
    public List<String> problems(Manifests manifests) {
        List<String> problems = new ArrayList<>();
        Set<Integer> all = new HashSet<>();
        for (KafkaNodePool pool : manifests.all(KafkaNodePool.class)) {
            String name = "KafkaNodePool " + pool.getMetadata().getName();
            ids(pool).stream()
                    .filter(id -> !all.add(id))
                    .forEach(id -> problems.add(name + " has the id " + id + ", which another pool has"));
            if (pool.getSpec().getStorage() instanceof JbodStorage disks) {
                disks.getVolumes().stream()
                        .filter(disk -> disk instanceof PersistentClaimStorage claim
                                && BINDS_AT_ONCE.equals(claim.getStorageClass()))
                        .forEach(disk -> problems.add(name + " has disks of a class that binds at once"));
            }
            if (pool.getMetadata().getName().equals("broker")) {
                brokers(manifests, pool, problems);
            }
        }
        return problems;
    }

    private static void brokers(Manifests manifests, KafkaNodePool pool, List<String> problems) {
        List<Integer> ids = ids(pool);
        manifests.all(Kafka.class).stream()
                .flatMap(kafka -> kafka.getSpec().getKafka().getListeners().stream())
                .filter(listener -> listener.getName().equals("external"))
                .map(listener -> listener.getConfiguration().getBrokers().stream()
                        .map(GenericKafkaListenerConfigurationBroker::getBroker)
                        .toList())
                .filter(addressed -> !addressed.equals(ids))
                .forEach(addressed -> problems.add(
                        "the brokers have the ids " + ids + ", and the listener has addresses for " + addressed));
        if (ids.size() > 1 && pool.getSpec().getStorage() instanceof JbodStorage disks) {
            double disk = disks.getVolumes().stream()
                    .map(PersistentClaimStorage.class::cast)
                    .mapToDouble(claim -> Quantity.getAmountInBytes(Quantity.parse(claim.getSize()))
                            .doubleValue())
                    .sum();
            double messages = manifests.all(KafkaTopic.class).stream()
                            .mapToDouble(topic -> atTheLimit(manifests, topic))
                            .sum()
                    / ids.size();
            if (messages > FULL * disk) {
                problems.add(String.format(
                        Locale.ROOT,
                        "topics at their limits take %.1f TB of a broker's disk of %.1f TB",
                        messages / 1e12,
                        disk / 1e12));
            }
        }
        manifests.all(KafkaTopic.class).stream()
                .filter(topic -> topic.getSpec().getReplicas() > ids.size())
                .forEach(topic ->
                        problems.add("KafkaTopic " + topic.getMetadata().getName()
                                + " has more replicas than there are " + "brokers, " + ids.size()));
    }

    /** How many bytes all replicas of a topic may take. A compacted one has no limit, and is small. */
    private static double atTheLimit(Manifests manifests, KafkaTopic topic) {
        Map<String, Object> config = topic.getSpec().getConfig();
        if ("compact".equals(config.get("cleanup.policy"))) {
            return 0;
        }
        Object limit = config.getOrDefault(
                "retention.bytes",
                manifests
                        .all(Kafka.class)
                        .get(0)
                        .getSpec()
                        .getKafka()
                        .getConfig()
                        .get("log.retention.bytes"));
        return ((Number) limit).doubleValue()
                * topic.getSpec().getPartitions()
                * topic.getSpec().getReplicas();
    }

    /** The ids that Strimzi assigns: the first of the annotation's range. */
    private static List<Integer> ids(KafkaNodePool pool) {
        Matcher range = RANGE.matcher(pool.getMetadata().getAnnotations().get("strimzi.io/next-node-ids"));
        if (!range.matches()) {
            throw new IllegalArgumentException("not a range of ids: " + range);
        }
        int first = Integer.parseInt(range.group(1));
        int last = Integer.parseInt(range.group(2));
        return IntStream.rangeClosed(
                        first, Math.min(last, first + pool.getSpec().getReplicas() - 1))
                .boxed()
                .toList();
    }
}
