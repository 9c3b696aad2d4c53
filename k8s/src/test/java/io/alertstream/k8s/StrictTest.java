package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The API server would accept each overlay: no unknown fields, no values of the wrong form. */
class StrictTest {

    static final java.util.List<String> OVERLAYS = Overlays.ALL;

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void overlayParsesStrictly(String overlay) {
        assertThat(Overlays.render(overlay).resources().size()).isGreaterThan(30);
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everythingIsInOneNamespace(String overlay) {
        assertThat(Overlays.render(overlay).resources()).allSatisfy(resource -> assertThat(resource.namespace())
                .as(resource.kind() + " " + resource.name())
                .isEqualTo(Manifests.NAMESPACE));
    }

    /** A regular expression in one Ingress makes ingress-nginx ignore case in every path of the host. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void nothingChangesTheOtherPathsOfASharedHost(String overlay) {
        assertThat(Overlays.render(overlay).resources())
                .filteredOn(resource -> resource.kind().endsWith("Ingress"))
                .allSatisfy(resource ->
                        assertThat(resource.tree().toString()).doesNotContain("rewrite-target", "use-regex"));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void nothingIsDefinedTwice(String overlay) {
        assertThat(Overlays.render(overlay).resources().stream()
                        .map(resource -> resource.kind() + " " + resource.name()))
                .doesNotHaveDuplicates();
    }

    @Test
    void unknownFieldOfKubernetesIsRefused() {
        refused("Deployment", "replayer", tree -> spec(tree).put("replica", 1), "replica");
        refused(
                "Deployment",
                "replayer",
                tree -> ((ObjectNode) tree.at("/spec/template/spec/securityContext")).put("runAsNonRot", true),
                "runAsNonRot");
    }

    @Test
    void unknownFieldOfStrimziIsRefused() {
        refused(
                "Kafka",
                "alert-broker",
                tree -> ((ObjectNode) tree.at("/spec/kafka")).put("listener", "x"),
                "listener");
        refused(
                "KafkaUser",
                "ingester",
                tree -> ((ObjectNode) tree.at("/spec/authorization/acls/0/resource")).put("pattern", "x"),
                "pattern");
    }

    @Test
    void fieldsRemovedInVersion1OfStrimzisApiAreRefused() {
        refused("Kafka", "alert-broker", tree -> ((ObjectNode) tree.at("/spec/kafka")).put("replicas", 3), "replicas");
        refused(
                "KafkaUser",
                "ingester",
                tree -> ((ObjectNode) tree.at("/spec/authorization/acls/0")).put("operation", "Read"),
                "operation");
    }

    @Test
    void unknownEnumValuesAreRefused() {
        refused(
                "Kafka",
                "alert-broker",
                tree -> ((ObjectNode) tree.at("/spec/kafka/listeners/0")).put("type", "loadBalancer"),
                "loadBalancer");
    }

    @Test
    void unknownFieldOfOtherResourcesIsRefused() {
        refused("ScaledObject", "ingester", tree -> spec(tree).put("maxReplicas", 1), "maxReplicas");
    }

    @Test
    void duplicateKeysAreRefused() {
        assertThatThrownBy(() -> Manifests.of("kind: ConfigMap\nkind: Secret\n"))
                .hasMessageContaining("Duplicate");
    }

    private static ObjectNode spec(ObjectNode tree) {
        return (ObjectNode) tree.path("spec");
    }

    private static void refused(String kind, String name, Consumer<ObjectNode> change, String field) {
        Manifests manifests = Overlays.render("idfint");
        assertThatThrownBy(() -> manifests.change(kind, name, change))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }
}
