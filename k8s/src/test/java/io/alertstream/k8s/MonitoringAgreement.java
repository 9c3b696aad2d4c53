package io.alertstream.k8s;

import io.alertstream.k8s.Manifests.Workload;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Alerts are about roles that run here, and the lag of what is archived is measured. */
final class MonitoringAgreement implements Agreement {

    private static final Pattern METRIC = Pattern.compile("alertstream_([a-z]+)_");

    @Override
    public List<String> problems(Manifests manifests) {
        List<String> problems = new ArrayList<>();
        Set<String> roles = manifests.workloads().stream().map(Workload::role).collect(Collectors.toSet());
        List<PrometheusRule> rules = manifests.all(PrometheusRule.class);
        rules.forEach(rule -> rule.getSpec().getGroups().forEach(group -> group.getRules().stream()
                .filter(each -> !roles.containsAll(roles(each.getExpr().getStrVal())))
                .forEach(each -> problems.add(each.getAlert() + " is about a role that doesn't run here"))));
        boolean watched = rules.stream()
                .flatMap(rule -> rule.getSpec().getGroups().stream())
                .flatMap(group -> group.getRules().stream())
                .anyMatch(each -> each.getAlert().equals("AlertstreamNoVisits"));
        if (!rules.isEmpty() && roles.contains("replayer") && !watched) {
            problems.add("nobody notices if the replayer stops: components/monitoring-simulator is missing");
        }
        manifests.all(Kafka.class).stream()
                .map(kafka -> kafka.getSpec().getKafkaExporter())
                .filter(exporter -> exporter != null)
                .forEach(exporter -> Arrays.stream(
                                manifests.settings().get("INGEST_TOPICS").split(",", -1))
                        .filter(topic -> !topic.matches(exporter.getTopicRegex()))
                        .forEach(topic -> problems.add("the lag of " + topic + " isn't measured")));
        return problems;
    }

    private static Set<String> roles(String expression) {
        Matcher matcher = METRIC.matcher(expression);
        return matcher.results().map(metric -> metric.group(1)).collect(Collectors.toSet());
    }
}
