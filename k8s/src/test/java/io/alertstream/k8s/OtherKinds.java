package io.alertstream.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import java.util.List;
import java.util.Map;

/** Kinds without a published Java model: the documented fields that are used here, and no others. */
final class OtherKinds {

    private OtherKinds() {}

    /** KEDA: a workload scaled by what its triggers measure. */
    record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, ScaledObjectSpec spec) {}

    record ScaledObjectSpec(
            ScaleTarget scaleTargetRef,
            Integer minReplicaCount,
            Integer maxReplicaCount,
            Integer pollingInterval,
            Integer cooldownPeriod,
            Advanced advanced,
            List<Trigger> triggers) {}

    record ScaleTarget(String name) {}

    record Advanced(AutoscalerConfig horizontalPodAutoscalerConfig) {}

    record AutoscalerConfig(Behavior behavior) {}

    record Behavior(ScalingRules scaleDown, ScalingRules scaleUp) {}

    record ScalingRules(Integer stabilizationWindowSeconds, List<ScalingPolicy> policies) {}

    record ScalingPolicy(String type, Integer value, Integer periodSeconds) {}

    /** Every value is text: KEDA refuses a number. */
    record Trigger(String type, Map<String, String> metadata, Named authenticationRef) {}

    record Named(String name) {}

    /** KEDA: where a trigger's credentials are. */
    record TriggerAuthentication(String apiVersion, String kind, ObjectMeta metadata, TriggerSecrets spec) {}

    record TriggerSecrets(List<TriggerSecret> secretTargetRef) {}

    record TriggerSecret(String parameter, String name, String key) {}

    /** External Secrets: a Secret made from a store's entries. */
    record ExternalSecret(String apiVersion, String kind, ObjectMeta metadata, ExternalSecretSpec spec) {}

    record ExternalSecretSpec(
            String refreshInterval, StoreRef secretStoreRef, Target target, List<DataFrom> dataFrom) {}

    record StoreRef(String kind, String name) {}

    record Target(String name, String creationPolicy, String deletionPolicy) {}

    record DataFrom(Extract extract) {}

    record Extract(String key) {}

    /** Vault Secrets Operator: a Secret with the keys of an entry in Vault. */
    record VaultSecret(String apiVersion, String kind, ObjectMeta metadata, VaultSecretSpec spec) {}

    record VaultSecretSpec(String path, String type) {}

    /** Gafaelfawr: an Ingress whose requests are authorized first. */
    record GafaelfawrIngress(
            String apiVersion, String kind, ObjectMeta metadata, GafaelfawrConfig config, IngressTemplate template) {}

    record GafaelfawrConfig(String service, Scopes scopes) {}

    record Scopes(List<String> all) {}

    record IngressTemplate(ObjectMeta metadata, IngressSpec spec) {}

    /** The registry operator's resource; its fields are checked against the CRD that is in this repository. */
    record StrimziSchemaRegistry(String apiVersion, String kind, ObjectMeta metadata, Map<String, JsonNode> spec) {}

    /** Argo CD: something kept in the state that a repository describes. */
    record Application(String apiVersion, String kind, ObjectMeta metadata, ApplicationSpec spec) {}

    record ApplicationSpec(
            String project,
            Source source,
            List<Source> sources,
            Destination destination,
            SyncPolicy syncPolicy,
            List<IgnoredDifference> ignoreDifferences) {}

    record Source(String repoURL, String targetRevision, String path, String chart, String ref, HelmSource helm) {}

    record HelmSource(String releaseName, List<String> valueFiles, Map<String, JsonNode> valuesObject) {}

    record Destination(String server, String namespace) {}

    record SyncPolicy(Automated automated, List<String> syncOptions, Retry retry) {}

    record Retry(Integer limit, Backoff backoff) {}

    record Backoff(String duration, Integer factor, String maxDuration) {}

    record Automated(Boolean prune, Boolean selfHeal) {}

    record IgnoredDifference(String group, String kind, String name, List<String> jsonPointers) {}
}
