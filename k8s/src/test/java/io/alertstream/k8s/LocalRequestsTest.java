package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What README.md says of the size of the machine for the overlay local is the sum of what its pods request. */
class LocalRequestsTest {

    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    /** A container's requests, as often as it runs. */
    private record Request(BigDecimal cores, BigDecimal bytes) {

        static Request of(JsonNode requests, int times) {
            return new Request(
                    amount(requests.path("cpu")).multiply(BigDecimal.valueOf(times)),
                    amount(requests.path("memory")).multiply(BigDecimal.valueOf(times)));
        }

        private static BigDecimal amount(JsonNode quantity) {
            return Quantity.getAmountInBytes(Quantity.parse(quantity.asText()));
        }
    }

    @Test
    void theReadmeSaysWhatThePodsRequest() throws IOException {
        Manifests local = Overlays.render("local");
        List<Request> lasting = new ArrayList<>();
        List<Request> jobs = new ArrayList<>();
        for (Resource resource : local.resources()) {
            JsonNode spec = resource.tree().path("spec");
            switch (resource.kind()) {
                case "Deployment" ->
                    lasting.add(Request.of(
                            spec.at("/template/spec/containers/0/resources/requests"),
                            ((Deployment) resource.model()).getSpec().getReplicas()));
                case "StatefulSet" ->
                    lasting.add(Request.of(
                            spec.at("/template/spec/containers/0/resources/requests"),
                            ((StatefulSet) resource.model()).getSpec().getReplicas()));
                case "Job" -> jobs.add(Request.of(spec.at("/template/spec/containers/0/resources/requests"), 1));
                case "KafkaNodePool" ->
                    lasting.add(Request.of(
                            spec.at("/resources/requests"),
                            spec.path("replicas").asInt()));
                case "Kafka" -> {
                    lasting.add(Request.of(spec.at("/entityOperator/topicOperator/resources/requests"), 1));
                    lasting.add(Request.of(spec.at("/entityOperator/userOperator/resources/requests"), 1));
                    assertThat(spec.has("kafkaExporter")).isFalse();
                }
                default -> {}
            }
        }
        lasting.add(Request.of(
                StrictReader.documents(Files.readString(Overlays.HOME.resolve("operators/strimzi/values.yaml")))
                        .get(0)
                        .at("/resources/requests"),
                1));

        String expected = "request %s cores and %s GiB, and the two jobs %s cores and %s GiB more"
                .formatted(cores(lasting), gib(lasting), cores(jobs), gib(jobs));
        String readme = Files.readString(Overlays.HOME.resolve("README.md")).replaceAll("\\s+", " ");
        assertThat(readme.contains(expected)).as("README.md says: " + expected).isTrue();
    }

    private static BigDecimal cores(List<Request> requests) {
        return sum(requests.stream().map(Request::cores).toList());
    }

    private static BigDecimal gib(List<Request> requests) {
        return sum(requests.stream()
                .map(request -> request.bytes().divide(GIB, 6, RoundingMode.UP))
                .toList());
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).setScale(1, RoundingMode.UP);
    }
}
