package io.alertstream.k8s;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.alertstream.k8s.Manifests.Workload;
import io.alertstream.replayer.ReplayerSettings;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The recipes for faults that the replayer reads from a mounted ConfigMap. */
final class Recipes {

    private Recipes() {}

    /** The file's text; empty if the replayer has none, or it isn't mounted. */
    static Optional<String> text(Manifests manifests) {
        return manifests.workloads().stream()
                .filter(workload -> workload.role().equals("replayer"))
                .flatMap(workload -> file(workload).flatMap(file -> text(manifests, workload, file)).stream())
                .findFirst();
    }

    /** The file's path in the replayer's container. */
    static Optional<Path> file(Workload workload) {
        return Optional.ofNullable(workload.env().get("REPLAY_FAULTS")).map(Path::of);
    }

    private static Optional<String> text(Manifests manifests, Workload workload, Path file) {
        List<String> volumes = workload.template().getSpec().getContainers().stream()
                .flatMap(container -> container.getVolumeMounts().stream())
                .filter(mount -> Path.of(mount.getMountPath()).equals(file.getParent()))
                .map(mount -> mount.getName())
                .toList();
        List<String> maps = workload.template().getSpec().getVolumes().stream()
                .filter(volume -> volumes.contains(volume.getName()) && volume.getConfigMap() != null)
                .map(volume -> volume.getConfigMap().getName())
                .toList();
        return manifests.all(ConfigMap.class).stream()
                .filter(map -> maps.contains(map.getMetadata().getName()))
                .flatMap(map ->
                        Optional.ofNullable(map.getData().get(file.getFileName().toString())).stream())
                .findFirst();
    }

    /** What the replayer would say of the recipes; empty if it accepts them. */
    static Optional<String> problem(String text) {
        try {
            Path file = Files.createTempFile("faults", ".yaml");
            try {
                Files.writeString(file, text);
                SettingsReader.read(
                        List.of(new SettingValues("test", Map.of("REPLAY_FAULTS", file.toString()))),
                        ReplayerSettings::read);
                return Optional.empty();
            } catch (InvalidSettingsException e) {
                return Optional.of(e.getMessage());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The topic of a new major version, which the replayer must be able to write to. */
    static Optional<String> newTopic(Manifests manifests) {
        return text(manifests)
                .map(text -> {
                    try {
                        return new YAMLMapper()
                                .readTree(text)
                                .at("/faults/new-major/topic")
                                .asText();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .filter(topic -> !topic.isEmpty());
    }

    /** The example in the documentation, without the fault that needs another topic. */
    static String documented() throws IOException {
        String reference = Files.readString(Overlays.HOME.resolve("../docs/reference.md"));
        int start = reference.indexOf("```yaml\nseed:") + "```yaml\n".length();
        return reference.substring(start, reference.indexOf("```", start)).replaceAll("(?m)^ *new-major: .*\\n", "");
    }
}
