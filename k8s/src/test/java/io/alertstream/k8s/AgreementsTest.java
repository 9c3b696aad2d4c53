package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests agree with each other and with the program; and every disagreement is detected. */
class AgreementsTest {

    private static final Agreement SETTINGS = new SettingsAgreement();
    private static final Agreement ROLES = new RolesAgreement();
    private static final Agreement PROBES = new ProbesAgreement();
    private static final Agreement PODS = new PodsAgreement();
    private static final Agreement REFERENCES = new ReferencesAgreement();
    private static final Agreement ACLS = new AclAgreement();
    private static final Agreement NETWORK = new NetworkAgreement();
    private static final Agreement DATA = new DataAgreement();
    private static final Agreement REGISTRY = new RegistryAgreement();
    private static final Agreement MONITORING = new MonitoringAgreement();
    private static final Agreement BROKERS = new BrokersAgreement();

    static Stream<Arguments> overlaysAndAgreements() {
        return Overlays.ALL.stream().flatMap(overlay -> Stream.of(
                        SETTINGS, ROLES, PROBES, PODS, REFERENCES, ACLS, NETWORK, DATA, REGISTRY, MONITORING, BROKERS)
                .map(agreement -> Arguments.argumentSet(
                        overlay + " " + agreement.getClass().getSimpleName(), overlay, agreement)));
    }

    @ParameterizedTest
    @MethodSource("overlaysAndAgreements")
    void holds(String overlay, Agreement agreement) {
        assertThat(agreement.problems(Overlays.render(overlay))).isEmpty();
    }

    @Test
    void unknownSetting() {
        broken(SETTINGS, settings("REPLAY_INTERVALL", "37s"), "REPLAY_INTERVALL isn't a setting");
        broken(SETTINGS, environment("replayer", "KAFKA_SERVERS", "x:1"), "KAFKA_SERVERS isn't a setting");
    }

    @Test
    void unparsableSetting() {
        broken(SETTINGS, settings("REPLAY_INTERVAL", "37 parsecs"), "REPLAY_INTERVAL = 37 parsecs");
    }

    @Test
    void missingSetting() {
        broken(
                SETTINGS,
                manifests -> manifests.change("ConfigMap", Manifests.SETTINGS, tree -> object(tree, "/data")
                        .remove("ALERT_STORE")),
                "lacks ALERT_STORE");
    }

    @Test
    void secretInTheSettings() {
        broken(SETTINGS, settings("KAFKA_PASSWORD", "hunter2"), "holds the secret KAFKA_PASSWORD");
    }

    @Test
    void unmountedCertificate() {
        broken(SETTINGS, settings("KAFKA_KEY_FILE", "/etc/kafka/user.key"), "has no file /etc/kafka/user.key");
    }

    @Test
    void unmountedBucketKeys() {
        broken(
                "usdf",
                SETTINGS,
                settings("S3_SECRET_KEY_FILE", "/etc/s3/secret"),
                "Deployment server has no file /etc/s3/secret");
        broken(
                "usdf",
                REFERENCES,
                manifests -> manifests.without("ExternalSecret", "archive-s3-writer"),
                "names the Secret archive-s3-writer");
    }

    @Test
    void unreachableBuckets() {
        broken(
                "usdf",
                NETWORK,
                manifests -> manifests.without("NetworkPolicy", "allow-s3"),
                "Deployment ingester can't reach its buckets");
        broken(
                NETWORK,
                manifests -> manifests.without("NetworkPolicy", "allow-google-cloud"),
                "Deployment ingester can't reach the metadata server");
    }

    @Test
    void unmountedStore() {
        broken(SETTINGS, settings("ALERT_STORE", "file:/alerts"), "doesn't mount the directory of file:/alerts");
    }

    @Test
    void configMapWithAnotherName() {
        broken(
                SETTINGS,
                change("Deployment", "server", tree -> ((ObjectNode) tree.at(CONTAINER + "/env/1"))
                        .put("value", "alert-stream-broker/settings")),
                "follows alert-stream-broker/settings");
    }

    @Test
    void unknownRole() {
        broken(ROLES, environment("replayer", "ROLE", "player"), "ROLE player isn't a role");
    }

    @Test
    void roleWithoutAWorkload() {
        broken(ROLES, manifests -> manifests.without("Job", "schema-sync"), "schema-sync has the workloads []");
    }

    @Test
    void jobRoleInADeployment() {
        broken(ROLES, environment("replayer", "ROLE", "loader"), "Deployment replayer runs loader");
    }

    @Test
    void probeOfAnUnknownPath() {
        broken(
                PROBES,
                change("Deployment", "ingester", tree -> object(tree, CONTAINER + "/readinessProbe/httpGet")
                        .put("path", "/v1/health")),
                "ingester readiness");
    }

    @Test
    void probeOfAnUnknownPort() {
        broken(
                PROBES,
                change("Deployment", "server", tree -> object(tree, CONTAINER + "/livenessProbe/httpGet")
                        .put("port", "http")),
                "server liveness");
        broken(PROBES, settings("OPS_PORT", "9001"), "has no port ops 9001");
    }

    @Test
    void serviceForAnUnknownPort() {
        broken(
                PROBES,
                change("Service", "server", tree -> object(tree, "/spec/ports/0")
                        .put("targetPort", "web")),
                "Service server leads to no port web");
    }

    @Test
    void twoImages() {
        broken(
                PODS,
                change("Job", "load-data", tree -> object(tree, CONTAINER).put("image", "alertstream:0.0.9")),
                "one image is expected");
    }

    @Test
    void podWithTooManyRights() {
        broken(
                PODS,
                change("Deployment", "server", tree -> object(tree, POD + "/securityContext")
                        .put("runAsUser", 0)),
                "Deployment server may run as root");
        broken(
                PODS,
                change("Deployment", "server", tree -> object(tree, CONTAINER + "/securityContext")
                        .put("readOnlyRootFilesystem", false)),
                "Deployment server has more rights");
        broken(
                PODS,
                change("Job", "load-data", tree -> object(tree, POD).put("automountServiceAccountToken", true)),
                "Job load-data needs no token");
    }

    @Test
    void twoReplayers() {
        broken(
                PODS,
                change("Deployment", "replayer", tree -> object(tree, "/spec").put("replicas", 2)),
                "there may be two replayers");
    }

    @Test
    void secretThatNothingCreates() {
        broken(REFERENCES, manifests -> manifests.without("KafkaUser", "simulator"), "the Secret simulator");
        broken(
                REFERENCES,
                manifests -> manifests.without("Certificate", "alert-broker-external"),
                "the Secret alert-broker-external-tls");
        broken(
                REFERENCES,
                manifests -> manifests.without("ExternalSecret", "alert-stream-broker-secrets"),
                "KafkaUser alerce-idfint names the Secret alert-stream-broker-secrets");
    }

    @Test
    void missingConfigMap() {
        broken(
                REFERENCES,
                change("Job", "schema-sync", tree -> object(tree, CONTAINER + "/envFrom/0/configMapRef")
                        .put("name", "settings")),
                "the ConfigMap settings");
    }

    @Test
    void missingServiceAccount() {
        broken(REFERENCES, manifests -> manifests.without("ServiceAccount", "ingester"), "ServiceAccount ingester");
    }

    @Test
    void missingTopic() {
        broken(REFERENCES, manifests -> manifests.without("KafkaTopic", "alerts-dead-letter"), "alerts-dead-letter");
        broken(REFERENCES, settings("REPLAY_TOPIC", "alerts-simulatd"), "the topic alerts-simulatd");
    }

    @Test
    void missingJournal() {
        broken(REFERENCES, manifests -> manifests.without("KafkaTopic", "alerts-journal"), "the topic alerts-journal");
        broken(ACLS, settings("REPLAY_JOURNAL_TOPIC", "journal"), "simulator may");
        broken(
                NETWORK,
                change("Deployment", "replayer", tree -> object(tree, "/spec/template/metadata/labels")
                        .remove("alertstream.io/registry-client")),
                "Deployment replayer can't reach the registry");
    }

    @Test
    void missingOrInvalidRecipes() {
        broken(
                WITH_FAULTS,
                SETTINGS,
                manifests -> manifests.without("ConfigMap", recipes(manifests)),
                "Deployment replayer has no file /etc/alertstream/replay-faults/faults.yaml");
        broken(WITH_FAULTS, SETTINGS, recipes("faults: {late: {rate: 2}}"), "Deployment replayer and its recipes");
        broken(
                WITH_FAULTS,
                REFERENCES,
                manifests -> manifests.without("ConfigMap", recipes(manifests)),
                "Deployment replayer names the ConfigMap replay-faults");
    }

    @Test
    void recipesThatNothingMounts() {
        broken(
                WITH_FAULTS,
                REFERENCES,
                manifests -> manifests.without("Deployment", "replayer"),
                "nothing mounts the ConfigMap replay-faults");
    }

    @Test
    void newVersionWithoutTopicOrRights() {
        String recipes = "faults: {new-major: {from: 2, topic: alerts-v12}}";
        broken(WITH_FAULTS, REFERENCES, recipes(recipes), "the fault new-major names the topic alerts-v12");
        broken(WITH_FAULTS, ACLS, recipes(recipes), "simulator may");
        broken(WITH_FAULTS, ACLS, recipes(recipes), "score may");
    }

    @Test
    void scorekeeperWithoutTopicOrRights() {
        broken(WITH_FAULTS, ACLS, settings("SCORE_OUTPUT", "topic:mine"), "score may");
        broken(WITH_FAULTS, REFERENCES, settings("SCORE_OUTPUT", "topic:mine"), "the setting SCORE_OUTPUT");
        broken(WITH_FAULTS, ACLS, manifests -> manifests.without("KafkaUser", "score"), "there is no KafkaUser score");
        broken(
                ROLES,
                change("Job", "load-data", tree -> object(tree, CONTAINER + "/env/0")
                        .put("value", "audit")),
                "audit has the workloads [Job load-data]");
    }

    @Test
    void communityUserMayWriteOnlyTheOutputOfABrokerUnderTest() {
        UnaryOperator<Manifests> mayWrite = change("KafkaUser", "alerce-idfint", tree -> ((ArrayNode)
                        tree.at("/spec/authorization/acls"))
                .addObject()
                .put("type", "allow")
                .<ObjectNode>set(
                        "operations",
                        JsonNodeFactory.instance.arrayNode().add("Describe").add("Write"))
                .putObject("resource")
                .put("type", "topic")
                .put("name", "alerts-accepted")
                .put("patternType", "literal"));
        assertThat(ACLS.problems(mayWrite.apply(Overlays.render(WITH_FAULTS)))).isEmpty();
        broken(ACLS, mayWrite, "alerce-idfint is of the community and may");
    }

    @Test
    void missingListener() {
        broken(
                REFERENCES,
                settings("KAFKA_BOOTSTRAP_SERVERS", "alert-broker-kafka-bootstrap:9094"),
                "port 9094 of the Service alert-broker-kafka-bootstrap");
    }

    @Test
    void missingService() {
        broken(
                REFERENCES,
                manifests -> manifests.without("Service", "server"),
                "GafaelfawrIngress alertdb leads to port http of the Service server");
    }

    @Test
    void settingsReaderWithoutPermission() {
        broken(
                REFERENCES,
                change("RoleBinding", "alertstream-settings-reader", tree -> ((ArrayNode) tree.path("subjects"))
                        .remove(0)),
                "Deployment ingester and the settings' readers disagree");
    }

    @Test
    void userWithTooFewRights() {
        broken(
                ACLS,
                change("KafkaUser", "ingester", tree -> ((ArrayNode) tree.at("/spec/authorization/acls")).remove(2)),
                "ingester may");
        broken(ACLS, settings("INGEST_GROUP", "archive"), "ingester may");
        // What audit needs.
        broken(
                ACLS,
                change(
                        "KafkaUser",
                        "ingester",
                        tree -> removeIf(
                                (ArrayNode) tree.at("/spec/authorization/acls/2/operations"),
                                operation -> operation.asText().equals("Read"))),
                "ingester may");
    }

    @Test
    void unknownLagTakenForNone() {
        broken(
                "usdf",
                REFERENCES,
                change("ScaledObject", "ingester", tree -> object(tree, "/spec/triggers/0/metadata")
                        .put("ignoreNullValues", "true")),
                "takes an unknown lag for none");
        broken(
                "usdf",
                REFERENCES,
                change("ScaledObject", "ingester", tree -> object(tree, "/spec/triggers/0/metadata")
                        .put("query", "max(alertstream_ingester_lag_age_seconds)")),
                "takes an unknown lag for none");
    }

    @Test
    void userWithTooManyRights() {
        broken(
                ACLS,
                change("KafkaUser", "ingester", tree -> ((ArrayNode) tree.at("/spec/authorization/acls/0/operations"))
                        .add("Write")),
                "ingester may");
    }

    @Test
    void communityUserWithWriteAccess() {
        broken(
                ACLS,
                change("KafkaUser", "alerce-idfint", tree -> ((ArrayNode)
                                tree.at("/spec/authorization/acls/0/operations"))
                        .add("Write")),
                "alerce-idfint is of the community and may");
    }

    @Test
    void communityUserWithAnothersGroups() {
        broken(
                ACLS,
                change("KafkaUser", "alerce-idfint", tree -> object(tree, "/spec/authorization/acls/1/resource")
                        .put("name", "fink-idfint")),
                "group fink-idfint*");
    }

    @Test
    void communityUserWithAnothersPassword() {
        broken(
                ACLS,
                change("KafkaUser", "alerce-idfint", tree -> object(
                                tree, "/spec/authentication/password/valueFrom/secretKeyRef")
                        .put("key", "fink-idfint-password")),
                "alerce-idfint uses the password of another");
    }

    @Test
    void policyThatBlocksTooMuch() {
        broken(NETWORK, manifests -> manifests.without("NetworkPolicy", "allow-kafka"), "replayer can't reach Kafka");
        broken(
                NETWORK,
                manifests -> manifests.without("NetworkPolicy", "registry-allow-clients"),
                "Job schema-sync can't reach the registry");
    }

    @Test
    void alertsAboutRolesThatDoNotRun() {
        broken(
                MONITORING,
                manifests -> manifests.without("Deployment", "replayer"),
                "AlertstreamNoVisits is about a role that doesn't run here");
        broken(
                MONITORING,
                manifests -> manifests.without("PrometheusRule", "alertstream-simulator"),
                "nobody notices if the replayer stops");
    }

    @Test
    void brokersWithoutAddresses() {
        broken(
                "usdf",
                BROKERS,
                change("KafkaNodePool", "broker", tree -> object(tree, "/metadata/annotations")
                        .put("strimzi.io/next-node-ids", "[0-99]")),
                "the listener has addresses for [5, 6, 7, 8, 9]");
        broken(
                BROKERS,
                change("KafkaNodePool", "broker", tree -> object(tree, "/spec").put("replicas", 4)),
                "the brokers have the ids [0, 1, 2, 3]");
        broken(
                BROKERS,
                change("KafkaNodePool", "controller", tree -> object(tree, "/metadata/annotations")
                        .put("strimzi.io/next-node-ids", "[2-9]")),
                "which another pool has");
    }

    @Test
    void disksInAZoneWithoutNodes() {
        broken(
                BROKERS,
                change("KafkaNodePool", "controller", tree -> object(tree, "/spec/storage/volumes/0")
                        .put("class", "standard")),
                "KafkaNodePool controller has disks of a class that binds at once");
    }

    @Test
    void disksThatTheTopicsFill() {
        broken(
                "usdf",
                BROKERS,
                change("KafkaNodePool", "broker", tree -> object(tree, "/spec/storage/volumes/0")
                        .put("size", "12Ti")),
                "topics at their limits take 10.9 TB of a broker's disk of 13.2 TB");
    }

    @Test
    void moreReplicasThanBrokers() {
        broken(
                "local",
                BROKERS,
                change("KafkaTopic", "alerts-simulated", tree -> object(tree, "/spec")
                        .put("replicas", 2)),
                "KafkaTopic alerts-simulated has more replicas");
    }

    @Test
    void topicWhoseLagIsNotMeasured() {
        broken(
                "usdf",
                MONITORING,
                change("Kafka", "alert-broker", tree -> object(tree, "/spec/kafkaExporter")
                        .put("topicRegex", "alerts-.*")),
                "the lag of lsst-alerts-v11 isn't measured");
    }

    @Test
    void topicOfAnotherVersion() {
        UnaryOperator<Manifests> renamed = change("KafkaTopic", "lsst-alerts-v11", tree -> object(tree, "/metadata")
                .put("name", "lsst-alerts-v12"));
        broken("usdf", REFERENCES, renamed, "KafkaUser alerce-usdf names the topic lsst-alerts-v11");
        broken("usdf", REFERENCES, renamed, "KafkaUser prompt-alert names the topic lsst-alerts-v11");
        broken("usdf", REFERENCES, renamed, "the setting INGEST_TOPICS names the topic lsst-alerts-v11");
        broken("usdf", ACLS, settings("INGEST_TOPICS", "alerts-simulated"), "ingester may");
    }

    @Test
    void serviceThatMayReadOrOwnGroups() {
        broken(
                "usdf",
                ACLS,
                change("KafkaUser", "prompt-alert", tree -> ((ArrayNode)
                                tree.at("/spec/authorization/acls/0/operations"))
                        .add("Read")),
                "prompt-alert is a service and may");
    }

    @Test
    void moreIngestersThanPartitions() {
        broken(
                REFERENCES,
                change("ScaledObject", "ingester", tree -> object(tree, "/spec").put("maxReplicaCount", 9)),
                "starts more ingesters than there are partitions, 8");
    }

    @Test
    void loaderWithoutAReplayer() {
        broken(
                ROLES,
                manifests -> manifests.without("Deployment", "replayer"),
                "the loader and the replayer need each other");
    }

    @Test
    void registryWithoutASecondReplica() {
        broken(
                REGISTRY,
                change("StatefulSet", RegistryAgreement.NAME, tree -> object(tree, "/spec")
                        .put("replicas", 1)),
                "the registry's only replica");
        broken(
                WITH_FAULTS,
                REGISTRY,
                change("StrimziSchemaRegistry", RegistryAgreement.NAME, tree -> object(tree, "/spec")
                        .put("replicas", 1)),
                "the registry's only replica");
        broken(
                REGISTRY,
                manifests -> manifests.without("StatefulSet", RegistryAgreement.NAME),
                "one schema registry is expected");
    }

    @Test
    void registryThatKeepsItsOldCertificate() {
        broken(
                REGISTRY,
                change("StatefulSet", RegistryAgreement.NAME, tree -> object(tree, CONTAINER)
                        .remove("livenessProbe")),
                "the registry keeps its old certificate");
        broken(
                REGISTRY,
                change("StatefulSet", RegistryAgreement.NAME, tree -> object(tree, CONTAINER)
                        .remove("readinessProbe")),
                "nobody knows when the registry is ready");
        broken(
                REFERENCES,
                change("StatefulSet", RegistryAgreement.NAME, tree -> object(
                                tree, CONTAINER + "/env/8/valueFrom/secretKeyRef")
                        .put("key", "keystore_password")),
                "the Secret alert-schema-registry and its key keystore_password");
    }

    @Test
    void dnsThatCannotBeReached() {
        List.of("169.254.169.254/32", "169.254.20.10/32", "10.0.0.0/8", "34.118.224.0/20")
                .forEach(block -> broken(
                        NETWORK,
                        change(
                                "NetworkPolicy",
                                "allow-dns",
                                tree -> removeIf(
                                        (ArrayNode) tree.at("/spec/egress/0/to"), peer -> peer.at("/ipBlock/cidr")
                                                .asText()
                                                .equals(block))),
                        "Deployment server can't reach "));
    }

    @Test
    void dataWithoutAGuard() {
        Stream.of("Kafka alert-broker", "KafkaNodePool controller", "KafkaTopic alerts-simulated")
                .map(name -> name.split(" ", -1))
                .forEach(name -> broken(
                        DATA,
                        change(name[0], name[1], tree -> object(tree, "/metadata/annotations")
                                .put("argocd.argoproj.io/sync-options", "Prune=false")),
                        name[0] + " " + name[1] + " holds data"));
    }

    @Test
    void namespaceInAnOverlay() {
        broken(
                DATA,
                manifests -> manifests.with("""
                    apiVersion: v1
                    kind: Namespace
                    metadata:
                      name: alert-stream-broker
                      annotations: {argocd.argoproj.io/sync-options: "Prune=false,Delete=false"}
                    """),
                "Namespace alert-stream-broker is deleted together with the overlay");
    }

    @Test
    void liveSettingsFromNowhere() {
        broken(
                SETTINGS,
                environment("replayer", "LIVE_CONFIG_MAP", "alert-stream-broker/live"),
                "Deployment replayer follows live settings in alert-stream-broker/live");
    }

    @Test
    void policyThatAllowsTooMuch() {
        broken(
                NETWORK,
                change("Job", "schema-sync", tree -> object(tree, "/spec/template/metadata/labels")
                        .put("alertstream.io/kafka-client", "true")),
                "Job schema-sync needn't reach Kafka");
        broken(
                NETWORK,
                change("NetworkPolicy", "allow-kafka", tree -> object(tree, "/spec")
                        .putObject("podSelector")),
                "Job schema-sync needn't reach Kafka");
        broken(NETWORK, manifests -> manifests.without("NetworkPolicy", "deny-ingress"), "open to everyone");
    }

    /** The overlay's variant that takes the components replay-faults, score and registry-operator. */
    private static final String WITH_FAULTS = "idfint-gateway";

    private static String recipes(Manifests manifests) {
        return manifests.names("ConfigMap").stream()
                .filter(name -> name.startsWith("replay-faults-"))
                .findFirst()
                .orElseThrow();
    }

    private static UnaryOperator<Manifests> recipes(String text) {
        return manifests -> manifests.change(
                "ConfigMap", recipes(manifests), tree -> object(tree, "/data").put("faults.yaml", text));
    }

    private static final String POD = "/spec/template/spec";
    private static final String CONTAINER = POD + "/containers/0";

    private static void broken(Agreement agreement, UnaryOperator<Manifests> change, String problem) {
        broken("idfint", agreement, change, problem);
    }

    private static void broken(String overlay, Agreement agreement, UnaryOperator<Manifests> change, String problem) {
        List<String> problems = agreement.problems(change.apply(Overlays.render(overlay)));
        assertThat(problems).anySatisfy(each -> assertThat(each).contains(problem));
    }

    private static UnaryOperator<Manifests> change(
            String kind, String name, java.util.function.Consumer<ObjectNode> change) {
        return manifests -> manifests.change(kind, name, change);
    }

    private static UnaryOperator<Manifests> settings(String name, String text) {
        return change(
                "ConfigMap", Manifests.SETTINGS, tree -> object(tree, "/data").put(name, text));
    }

    private static UnaryOperator<Manifests> environment(String deployment, String name, String value) {
        return change("Deployment", deployment, tree -> {
            ArrayNode variables = (ArrayNode) tree.at(CONTAINER + "/env");
            variables.forEach(each -> {
                if (each.path("name").asText().equals(name)) {
                    ((ObjectNode) each).put("value", value);
                }
            });
            variables.addObject().put("name", name).put("value", value);
        });
    }

    private static void removeIf(ArrayNode list, Predicate<JsonNode> condition) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (condition.test(list.get(i))) {
                list.remove(i);
            }
        }
    }

    private static ObjectNode object(ObjectNode tree, String path) {
        return (ObjectNode) tree.at(path);
    }
}
