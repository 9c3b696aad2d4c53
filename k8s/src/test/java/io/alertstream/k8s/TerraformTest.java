package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Terraform creates has the names that the overlay uses. */
class TerraformTest {

    private static final Path TERRAFORM = Overlays.HOME.resolve("../terraform").normalize();
    private static final String ACCOUNT = "iam.gke.io/gcp-service-account";

    @Test
    void environmentAndOverlayHaveTheSameNames() throws IOException {
        assertThat(TerraformNames.read(TERRAFORM, "idfint").problems(Overlays.render("idfint")))
                .isEmpty();
        assertThat(TerraformNames.read(TERRAFORM, "idfint").problems(Overlays.render("idfint-gateway")))
                .isEmpty();
        assertThat(TerraformNames.read(TERRAFORM, "production").problems(Overlays.render("production")))
                .isEmpty();
    }

    @Test
    void theImageIsWhereTerraformMakesItsRepository() throws IOException {
        for (String environment : List.of("idfint", "production")) {
            TerraformNames names = TerraformNames.read(TERRAFORM, environment);
            String repository = "%s-docker.pkg.dev/%s/alertstream%s/alertstream:"
                    .formatted(names.get("region"), names.get("project_id"), names.get("account_suffix"));
            assertThat(Overlays.render(environment).workloads()).allSatisfy(workload -> assertThat(
                            workload.template().getSpec().getContainers().get(0).getImage())
                    .startsWith(repository));
        }
    }

    @Test
    void simulatedAlertsLiveAsLongAsUpstreams() throws IOException {
        assertThat(Files.readString(TERRAFORM.resolve("environments/idfint.tfvars")))
                .contains("alerts_expire_after_days = 28");
    }

    @Test
    void anotherBucketIsDetected() throws IOException {
        noticed(change("ConfigMap", Manifests.SETTINGS, "/data", "ALERT_STORE", "gs://alerts"), "gs://alerts");
    }

    @Test
    void anotherAccountIsDetected() throws IOException {
        noticed(change("ServiceAccount", "server", "/metadata/annotations", ACCOUNT, "x@y.iam"), "x@y.iam");
    }

    @Test
    void anotherServiceAccountIsDetected() throws IOException {
        Manifests renamed = Overlays.render("idfint")
                .change("ServiceAccount", "ingester", tree -> ((com.fasterxml.jackson.databind.node.ObjectNode)
                                tree.path("metadata"))
                        .put("name", "archiver"));
        noticed(renamed, "ingester");
    }

    @Test
    void anotherHostIsDetected() throws IOException {
        noticed(
                change(
                        "Kafka",
                        "alert-broker",
                        "/spec/kafka/listeners/2/configuration/brokers/1",
                        "advertisedHost",
                        "broker-1.example.org"),
                "broker-1.example.org");
    }

    @Test
    void anotherTaintIsDetected() throws IOException {
        noticed(change("KafkaNodePool", "broker", "/spec/template/pod/tolerations/0", "value", "yes"), "tolerates");
    }

    @Test
    void anotherNumberOfBrokersIsDetected() throws IOException {
        noticed(
                Overlays.render("idfint")
                        .change("KafkaNodePool", "broker", tree -> ((com.fasterxml.jackson.databind.node.ObjectNode)
                                        tree.path("spec"))
                                .put("replicas", 4)),
                "4 brokers");
    }

    @Test
    void terraformTestsPass() throws IOException {
        Overlays.skipUnless(Overlays.onPath("terraform"), "terraform isn't on the PATH: its own tests can't run");
        Overlays.run(List.of("terraform", "-chdir=" + TERRAFORM, "fmt", "-check", "-recursive"));
        // The module without a provider; in a copy, since Terraform writes next to its sources.
        Path copy = Overlays.HOME.resolve("target/copy");
        copy(TERRAFORM.resolve("modules/overlay"), copy.resolve("terraform/modules/overlay"));
        copy(Overlays.HOME.resolve("overlays/idfint"), copy.resolve("k8s/overlays/idfint"));
        String module = "-chdir=" + copy.resolve("terraform/modules/overlay");
        Overlays.run(List.of("terraform", module, "init", "-backend=false", "-input=false"));
        assertThat(Overlays.run(List.of("terraform", module, "test", "-no-color")))
                .contains("2 passed, 0 failed");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> !each.toString().contains("/.terraform"))
                    .toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file));
            }
        }
    }

    private static Manifests change(String kind, String name, String path, String field, String value) {
        return Overlays.render("idfint")
                .change(kind, name, tree -> ((com.fasterxml.jackson.databind.node.ObjectNode) tree.at(path))
                        .put(field, value));
    }

    private static void noticed(Manifests changed, String problem) throws IOException {
        assertThat(TerraformNames.read(TERRAFORM, "idfint").problems(changed))
                .anySatisfy(each -> assertThat(each).contains(problem));
    }

    /** What Terraform names things, read from its files. */
    private record TerraformNames(Map<String, String> values) implements Agreement {

        private static final Pattern VARIABLE =
                Pattern.compile("variable \"(\\w+)\" \\{[^}]*?default\\s+= \"?([^\"\\n]*)\"?\\n");
        private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^\\s*(\\w+)\\s+= \"([^\"]*)\"");

        /** Defaults of variables, overridden by the environment; a field of an object is listed under its own name. */
        static TerraformNames read(Path terraform, String environment) throws IOException {
            Map<String, String> values = new TreeMap<>();
            Matcher variable = VARIABLE.matcher(Files.readString(terraform.resolve("variables.tf")));
            while (variable.find()) {
                values.put(variable.group(1), variable.group(2));
            }
            Matcher assignment = ASSIGNMENT.matcher(
                    Files.readString(terraform.resolve("environments").resolve(environment + ".tfvars")));
            while (assignment.find()) {
                values.put(assignment.group(1), assignment.group(2));
            }
            Matcher taint = Pattern.compile("taint \\{\\s+key\\s+= \"(\\w+)\"\\s+value\\s+= \"(\\w+)\"")
                    .matcher(Files.readString(terraform.resolve("nodes.tf")));
            Matcher label = Pattern.compile("labels = \\{\\s+(\\w+) = \"(\\w+)\"")
                    .matcher(Files.readString(terraform.resolve("nodes.tf")));
            if (!taint.find() || !label.find()) {
                throw new IllegalStateException("nodes.tf has no taint or no label");
            }
            values.put("taint", taint.group(1) + "=" + taint.group(2));
            values.put("label", label.group(1) + "=" + label.group(2));
            Matcher account = Pattern.compile("(writer|reader) = \\{ account_id = \"([^\"]+)\"")
                    .matcher(Files.readString(terraform.resolve("identities.tf")));
            while (account.find()) {
                values.put(
                        account.group(1),
                        account.group(2).replace("${var.account_suffix}", values.get("account_suffix")));
            }
            return new TerraformNames(values);
        }

        @Override
        public List<String> problems(Manifests manifests) {
            List<String> problems = new ArrayList<>();
            expect(problems, "the namespace", get("namespace"), Manifests.NAMESPACE);
            Map<String, String> settings = manifests.settings();
            expect(problems, "the packets' bucket", "gs://" + get("alerts"), settings.get("ALERT_STORE"));
            expect(problems, "the schemas' bucket", "gs://" + get("schemas"), settings.get("SCHEMA_STORE"));
            account(problems, manifests, get("writer_service_account"), get("writer"));
            account(problems, manifests, get("reader_service_account"), get("reader"));
            hosts(problems, manifests);
            nodes(problems, manifests);
            return problems;
        }

        private String get(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new IllegalStateException("Terraform's files don't say " + name);
            }
            return value;
        }

        private static void expect(List<String> problems, String what, String terraform, String overlay) {
            if (!terraform.equals(overlay)) {
                problems.add(what + " is " + terraform + " for Terraform and " + overlay + " for the overlay");
            }
        }

        private void account(List<String> problems, Manifests manifests, String pod, String account) {
            String email = account + "@" + get("project_id") + ".iam.gserviceaccount.com";
            String annotated = manifests.all(ServiceAccount.class).stream()
                    .filter(each -> each.getMetadata().getName().equals(pod))
                    .map(each -> each.getMetadata().getAnnotations().get(ACCOUNT))
                    .findFirst()
                    .orElse("nobody's");
            expect(problems, "the account of " + pod, email, annotated);
        }

        private void hosts(List<String> problems, Manifests manifests) {
            for (Kafka kafka : manifests.all(Kafka.class)) {
                kafka.getSpec().getKafka().getListeners().stream()
                        .filter(listener -> listener.getName().equals("external"))
                        .map(listener -> listener.getConfiguration())
                        .forEach(configuration -> {
                            expect(
                                    problems,
                                    "the bootstrap's host",
                                    get("host_prefix") + "." + get("domain"),
                                    configuration
                                            .getBootstrap()
                                            .getAlternativeNames()
                                            .get(0));
                            configuration
                                    .getBrokers()
                                    .forEach(broker -> expect(
                                            problems,
                                            "the host of broker " + broker.getBroker(),
                                            get("host_prefix") + "-broker-" + broker.getBroker() + "." + get("domain"),
                                            broker.getAdvertisedHost()));
                        });
            }
        }

        private void nodes(List<String> problems, Manifests manifests) {
            for (KafkaNodePool pool : manifests.all(KafkaNodePool.class)) {
                String name = pool.getMetadata().getName();
                var pod = pool.getSpec().getTemplate().getPod();
                var term = pod.getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms()
                        .get(0)
                        .getMatchExpressions()
                        .get(0);
                expect(
                        problems,
                        "the nodes' label, which the pool " + name + " looks for,",
                        get("label"),
                        term.getKey() + "=" + term.getValues().get(0));
                var toleration = pod.getTolerations().get(0);
                expect(
                        problems,
                        "the nodes' taint, which the pool " + name + " tolerates,",
                        get("taint"),
                        toleration.getKey() + "=" + toleration.getValue());
                if (name.equals("broker")
                        && !get("brokers").equals(String.valueOf(pool.getSpec().getReplicas()))) {
                    problems.add("Terraform reserves addresses for " + get("brokers") + " and the overlay has "
                            + pool.getSpec().getReplicas() + " brokers");
                }
            }
        }
    }
}
