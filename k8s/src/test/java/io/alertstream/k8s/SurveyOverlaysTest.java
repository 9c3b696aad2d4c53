package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.KafkaSpec;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The overlays for the survey's own alerts have what the survey runs today, so that no component is lost from them. */
class SurveyOverlaysTest {

    private final Manifests usdf = Overlays.render("usdf");
    private final Manifests production = Overlays.render("production");

    @Test
    void aPipelinePublishesInTheSimulatorsPlace() {
        for (Manifests overlay : new Manifests[] {usdf, production}) {
            assertThat(overlay.workloads())
                    .extracting(Manifests.Workload::role)
                    .containsExactlyInAnyOrder("ingester", "server", "schema-sync");
            assertThat(overlay.settings())
                    .containsEntry("SCHEMA_SYNC", "all")
                    .containsEntry("INGEST_TOPICS", "lsst-alerts-v11")
                    .containsEntry("REPLAY_TOPIC", "lsst-alerts-v11");
            assertThat(users(overlay, "service")).isEqualTo(1);
            assertThat(users(overlay, "community")).isEqualTo(11);
            assertThat(kafka(overlay).getMaintenanceTimeWindows()).isNotEmpty();
        }
    }

    @Test
    void theDataFacilityHasItsSize() {
        assertThat(replicas(usdf)).isEqualTo(Map.of("broker", 5, "controller", 5));
        assertThat(partitions(usdf)).containsEntry("lsst-alerts-v11", 45).containsEntry("alerts-simulated", 45);
        assertThat(kafka(usdf).getCruiseControl()).isNotNull();
        assertThat(usdf.settings().get("SCHEMA_STORE"))
                .startsWith("s3://")
                .isEqualTo(usdf.settings().get("ALERT_STORE"));
        assertThat(usdf.all(OtherKinds.ScaledObject.class)).hasSize(1).allSatisfy(scaled -> assertThat(
                        scaled.spec().triggers())
                .extracting(OtherKinds.Trigger::type)
                .containsExactly("prometheus"));
    }

    private static long users(Manifests overlay, String kind) {
        return overlay.all(KafkaUser.class).stream()
                .filter(user -> kind.equals(user.getMetadata().getLabels().get("alertstream.io/user")))
                .count();
    }

    private static KafkaSpec kafka(Manifests overlay) {
        return overlay.all(Kafka.class).get(0).getSpec();
    }

    private static Map<String, Integer> replicas(Manifests overlay) {
        return overlay.all(KafkaNodePool.class).stream()
                .collect(Collectors.toMap(pool -> pool.getMetadata().getName(), pool -> pool.getSpec()
                        .getReplicas()));
    }

    private static Map<String, Integer> partitions(Manifests overlay) {
        Map<String, Integer> partitions = new TreeMap<>();
        overlay.all(KafkaTopic.class)
                .forEach(topic -> partitions.put(
                        topic.getMetadata().getName(), topic.getSpec().getPartitions()));
        return partitions;
    }
}
