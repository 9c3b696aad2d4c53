package io.alertstream.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.strimzi.api.kafka.model.user.KafkaUserTlsClientAuthentication;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the manifests refer to but don't contain: an operator creates it because of a resource in the manifests, or a
 * person does, as README.md says.
 */
final class MadeElsewhere {

    /** The loader creates the static topic, Kafka itself the offsets topic. */
    static final Set<String> TOPICS = Set.of("alerts-static", "__consumer_offsets", "*");

    /** Created once, so that applying an overlay takes no live change back (live-settings/). */
    static final String LIVE_SETTINGS = "alertstream-live";

    /** The volume with a visit of your own (components/visit-file). */
    static final Set<String> CLAIMS = Set.of("alertstream-visit");

    private static final Set<String> ANY = Set.of();

    private MadeElsewhere() {}

    /** Secrets by name, with their keys; an empty set is for a Secret whose keys aren't known here. */
    static Map<String, Set<String>> secrets(Manifests manifests) {
        Map<String, Set<String>> secrets = new TreeMap<>();
        manifests
                .all(Secret.class)
                .forEach(secret -> secrets.put(
                        secret.getMetadata().getName(), secret.getData().keySet()));
        // Strimzi, for the cluster and for each user.
        manifests
                .names("Kafka")
                .forEach(kafka -> secrets.put(kafka + "-cluster-ca-cert", Set.of("ca.crt", "ca.p12", "ca.password")));
        manifests.all(io.strimzi.api.kafka.model.user.KafkaUser.class).forEach(user -> {
            boolean tls = user.getSpec().getAuthentication() instanceof KafkaUserTlsClientAuthentication;
            secrets.put(
                    user.getMetadata().getName(),
                    tls ? Set.of("ca.crt", "user.crt", "user.key", "user.p12", "user.password") : Set.of("password"));
        });
        // cert-manager, for a Certificate and for an Ingress that asks for one.
        manifests
                .all(Certificate.class)
                .forEach(certificate ->
                        secrets.put(certificate.getSpec().getSecretName(), Set.of("tls.crt", "tls.key", "ca.crt")));
        manifests.all(Ingress.class).stream()
                .filter(ingress -> ingress.getMetadata().getAnnotations().containsKey("cert-manager.io/cluster-issuer"))
                .forEach(ingress -> ingress.getSpec()
                        .getTls()
                        .forEach(tls -> secrets.put(tls.getSecretName(), Set.of("tls.crt", "tls.key"))));
        // External Secrets.
        manifests
                .all(OtherKinds.ExternalSecret.class)
                .forEach(external -> secrets.put(external.spec().target().name(), ANY));
        // The Vault Secrets Operator.
        manifests.names("VaultSecret").forEach(name -> secrets.put(name, ANY));
        return secrets;
    }

    /** Services and their ports: by name and by number. */
    static Map<String, Set<String>> services(Manifests manifests) {
        Map<String, Set<String>> services = new TreeMap<>();
        manifests
                .all(io.fabric8.kubernetes.api.model.Service.class)
                .forEach(service -> service.getSpec().getPorts().forEach(port -> {
                    Set<String> ports =
                            services.computeIfAbsent(service.getMetadata().getName(), name -> new TreeSet<>());
                    ports.add(port.getName());
                    ports.add(String.valueOf(port.getPort()));
                }));
        // The registry operator creates a Service with the registry's name.
        manifests.names("StrimziSchemaRegistry").forEach(name -> services.put(name, Set.of("8081")));
        // Strimzi creates one for all internal listeners.
        manifests.resources().stream()
                .filter(resource -> resource.kind().equals("Kafka"))
                .forEach(kafka -> {
                    Set<String> ports = new TreeSet<>();
                    for (JsonNode listener : kafka.tree().at("/spec/kafka/listeners")) {
                        if (listener.path("type").asText().equals("internal")) {
                            ports.add(listener.path("port").asText());
                        }
                    }
                    services.put(kafka.name() + "-kafka-bootstrap", ports);
                });
        return services;
    }
}
