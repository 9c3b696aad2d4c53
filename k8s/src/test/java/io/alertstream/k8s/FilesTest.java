package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alertstream.AllSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as they are, without kustomize: these tests run everywhere. */
class FilesTest {

    private static final Path HOME = Overlays.HOME;

    /** Those of the system and those of the load test. */
    static Stream<Path> manifests() throws IOException {
        return Stream.concat(
                yaml(HOME)
                        .filter(file ->
                                !file.startsWith(HOME.resolve("target")) && !file.startsWith(HOME.resolve("src"))),
                yaml(HOME.resolveSibling("load-test").resolve("kubernetes")));
    }

    private static Stream<Path> yaml(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("values.yaml"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyFileParsesStrictly(Path file) throws IOException {
        for (ObjectNode document : StrictReader.documents(Files.readString(file))) {
            boolean patch = document.has("op") || document.has("targets");
            if (!patch && !document.path("apiVersion").asText().startsWith("kustomize.config.k8s.io/")) {
                Resource.of(document);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyFileIsUsed(Path file) throws IOException {
        if (file.endsWith("kustomization.yaml")) {
            return;
        }
        String kustomization = Files.readString(file.resolveSibling("kustomization.yaml"));
        assertThat(kustomization)
                .as("the kustomization.yaml beside " + HOME.relativize(file))
                .containsPattern("- (path: )?" + file.getFileName());
    }

    @Test
    void strimziOperatorHasTheTestedApiAndWatchesTheNamespace() throws IOException {
        JsonNode values = one("operators/strimzi/values.yaml");
        assertThat(values.path("watchNamespaces").get(0).asText()).isEqualTo(Manifests.NAMESPACE);
        assertThat(values.path("logLevel").asText()).isEqualTo("INFO");
        String version = System.getProperty("strimzi.version");
        assertThat(one("argocd/strimzi.yaml")
                        .at("/spec/sources/0/targetRevision")
                        .asText())
                .isEqualTo(version);
        assertThat(Files.readString(HOME.resolve("README.md"))).contains("--version " + version);
    }

    @Test
    void whatHoldsDataIsNotDeletedByMistake() throws IOException {
        assertThat(Resource.of(documents("namespace/namespace.yaml").get(0)))
                .matches(DataAgreement::isGuarded, "guarded against Argo CD");
        Set<String> guarded = new TreeSet<>();
        ObjectNode policy = documents("namespace/delete-guard.yaml").get(0);
        policy.at("/spec/matchConstraints/resourceRules").forEach(rule -> {
            assertThat(rule.path("operations").toString()).isEqualTo("[\"DELETE\"]");
            rule.path("resources").forEach(resource -> guarded.add(resource.asText()));
        });
        assertThat(guarded).containsExactlyInAnyOrderElementsOf(DataAgreement.KINDS.values());
        ObjectNode binding = documents("namespace/delete-guard.yaml").get(1);
        assertThat(binding.at("/spec/policyName")).isEqualTo(policy.at("/metadata/name"));
        assertThat(binding.at("/spec/validationActions").toString()).isEqualTo("[\"Deny\"]");
        // Deleting a definition deletes all its objects, without asking for each.
        ObjectNode definitions = documents("namespace/delete-guard.yaml").get(2);
        assertThat(definitions
                        .at("/spec/matchConstraints/resourceRules/0/resources/0")
                        .asText())
                .isEqualTo("customresourcedefinitions");
        assertThat(definitions.at("/spec/matchConditions/0/expression").asText())
                .contains(".kafka.strimzi.io");
        ObjectNode everywhere = documents("namespace/delete-guard.yaml").get(3);
        assertThat(everywhere.at("/spec/policyName")).isEqualTo(definitions.at("/metadata/name"));
        assertThat(everywhere.path("spec").has("matchResources")).isFalse();
        assertThat(binding.at("/spec/matchResources/namespaceSelector/matchLabels/kubernetes.io~1metadata.name")
                        .asText())
                .isEqualTo(Manifests.NAMESPACE);
    }

    @Test
    void theNamespaceOfTheRegistryOperatorIsTheSameAtALowerLevel() {
        Manifests baseline = Manifests.of(Overlays.kustomize(HOME.resolve("namespace-baseline")));
        Manifests restricted = Manifests.of(Overlays.kustomize(HOME.resolve("namespace")));
        String level = "/metadata/labels/pod-security.kubernetes.io~1enforce";
        assertThat(baseline.change("Namespace", Manifests.NAMESPACE, tree -> {
                            assertThat(tree.at(level).asText()).isEqualTo("baseline");
                            ((ObjectNode) tree.at("/metadata/labels"))
                                    .put("pod-security.kubernetes.io/enforce", "restricted");
                        })
                        .resources())
                .extracting(Resource::tree)
                .containsExactlyElementsOf(
                        restricted.resources().stream().map(Resource::tree).toList());
    }

    @Test
    void liveSettingsAreMadeOnce() throws IOException {
        ObjectNode map = one("live-settings/live-settings.yaml");
        assertThat(map.at("/metadata/name").asText()).isEqualTo(MadeElsewhere.LIVE_SETTINGS);
        assertThat(fields(map.path("data"))).isNotEmpty().allSatisfy(name -> assertThat(AllSettings.CATALOG.named(name))
                .as(name)
                .matches(setting -> setting != null && setting.live(), "a live setting"));
    }

    @Test
    void strimzisPodsPassTheNamespacesLevel() throws IOException {
        assertThat(documents("namespace/namespace.yaml")
                        .get(0)
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText())
                .isEqualTo("restricted");
        JsonNode provider = one("operators/strimzi/values.yaml").at("/extraEnvs/0");
        assertThat(provider.path("name").asText()).isEqualTo("STRIMZI_POD_SECURITY_PROVIDER_CLASS");
        assertThat(provider.path("value").asText()).isEqualTo("restricted");
    }

    @Test
    void aRemovedUsersConnectionsEnd() throws IOException {
        assertThat(one("base/kafka/kafka.yaml")
                        .at("/spec/kafka/config/connections.max.reauth.ms")
                        .asLong())
                .isEqualTo(3_600_000);
        assertThat(Files.readString(HOME.resolve("README.md")).replaceAll("\\s+", " "))
                .contains("their connections end within an hour");
    }

    @Test
    void argoApplicationsNameExistingDirectoriesOfThisRepository() {
        List<OtherKinds.Application> applications = argo();
        assertThat(applications).hasSize(3);
        List<OtherKinds.Source> sources = applications.stream()
                .map(OtherKinds.Application::spec)
                .flatMap(spec -> spec.source() == null ? spec.sources().stream() : Stream.of(spec.source()))
                .toList();
        sources.stream().filter(source -> source.path() != null).forEach(source -> assertThat(
                        HOME.resolve("..").resolve(source.path()))
                .isDirectory());
        assertThat(sources)
                .filteredOn(source -> source.chart() == null)
                .extracting(OtherKinds.Source::repoURL)
                .containsOnly("https://git.example.org/alertstream.git");
    }

    @Test
    void argoMakesTheNamespaceBeforeTheOperatorsAndTriesAgain() {
        List<String> order = argo().stream()
                .sorted(Comparator.comparing(application ->
                        Integer.valueOf(application.metadata().getAnnotations().get("argocd.argoproj.io/sync-wave"))))
                .map(application -> application.metadata().getName())
                .toList();
        assertThat(order).containsExactly("alert-stream-broker-namespace", "strimzi", "alert-stream-broker");
        assertThat(argo()).allSatisfy(application -> {
            assertThat(application.spec().syncPolicy().retry().limit())
                    .as(application.metadata().getName())
                    .isPositive();
            assertThat(application.spec().ignoreDifferences()).isNull();
        });
    }

    private static List<OtherKinds.Application> argo() {
        return Manifests.of(Overlays.kustomize(HOME.resolve("argocd"))).all(OtherKinds.Application.class);
    }

    @Test
    void registryHasOnlyFieldsThatItsOperatorKnows() throws IOException {
        JsonNode schema = one("operators/registry-operator/crd.yaml")
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
        JsonNode spec = one("components/registry-operator/schema-registry.yaml").path("spec");
        assertThat(fields(schema)).containsAll(fields(spec));
        spec.properties().forEach(field -> {
            JsonNode form = schema.path(field.getKey());
            assertThat(field.getValue().isInt() ? "integer" : "string")
                    .as(field.getKey())
                    .isEqualTo(form.path("type").asText());
            if (form.has("enum")) {
                assertThat(form.path("enum").toString())
                        .contains("\"" + field.getValue().asText() + "\"");
            }
        });
    }

    @Test
    void bothWaysRunTheSameRegistry() throws IOException {
        JsonNode operators =
                one("components/registry-operator/schema-registry.yaml").path("spec");
        JsonNode ours = one("components/registry/kustomization.yaml").at("/images/0");
        assertThat(operators.path("registryImage")).isEqualTo(ours.path("name"));
        assertThat(operators.path("registryImageTag")).isEqualTo(ours.path("newTag"));
    }

    @Test
    void registryOperatorWatchesTheNamespaceAndMayWriteToIt() throws IOException {
        List<ObjectNode> role = documents("components/registry-operator/operator-role.yaml");
        assertThat(role.get(1).at("/subjects/0/name").asText()).isEqualTo("strimzi-registry-operator");
        assertThat(role.get(1).at("/subjects/0/namespace").asText())
                .isEqualTo(one("operators/registry-operator/kustomization.yaml")
                        .path("namespace")
                        .asText());
        assertThat(one("operators/registry-operator/deployment.yaml")
                        .at("/spec/template/spec/containers/0/env/0/value")
                        .asText())
                .isEqualTo(Manifests.NAMESPACE);
    }

    @Test
    void registryAllowsOnlyReads() throws IOException {
        assertThat(one("components/registry-ingress/ingress.yaml")
                        .at("/metadata/annotations/nginx.ingress.kubernetes.io~1configuration-snippet")
                        .asText())
                .contains("limit_except GET {\n  deny all;\n}");
        Set<String> methods = new TreeSet<>();
        one("components/registry-gateway/http-route.yaml").at("/spec/rules").forEach(rule -> rule.path("matches")
                .forEach(match -> methods.add(match.path("method").asText())));
        assertThat(methods).containsExactly("GET", "HEAD");
    }

    private static Set<String> fields(JsonNode object) {
        Set<String> fields = new TreeSet<>();
        object.fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static ObjectNode one(String file) throws IOException {
        return documents(file).get(0);
    }

    private static List<ObjectNode> documents(String file) throws IOException {
        return StrictReader.documents(Files.readString(HOME.resolve(file)));
    }
}
