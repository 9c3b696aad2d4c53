package io.alertstream.k8s;

import io.alertstream.AllSettings;
import io.alertstream.k8s.Manifests.Workload;
import io.alertstream.settings.Setting;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program knows every setting, every value has the setting's form, and the files that settings name are mounted.
 */
final class SettingsAgreement implements Agreement {

    /** Must be set in a cluster, where these defaults would be wrong: a container's files vanish with it. */
    private static final List<String> NEEDED = List.of("ALERT_STORE", "SCHEMA_STORE", "KAFKA_BOOTSTRAP_SERVERS");

    private static final List<String> ARCHIVE_ROLES = List.of("ingester", "server");

    @Override
    public List<String> problems(Manifests manifests) {
        List<String> problems = new ArrayList<>();
        Map<String, String> settings = manifests.settings();
        settings.forEach((name, text) -> check(Manifests.SETTINGS, name, text).ifPresent(problems::add));
        Stream.concat(NEEDED.stream(), live())
                .filter(name -> !settings.containsKey(name))
                .forEach(name -> problems.add(Manifests.SETTINGS + " lacks " + name));
        AllSettings.CATALOG.all().stream()
                .filter(setting -> setting.secret() && settings.containsKey(setting.name()))
                .forEach(secret -> problems.add(Manifests.SETTINGS + " holds the secret " + secret.name()));
        manifests.workloads().forEach(workload -> {
            workload.env().forEach((name, text) -> {
                if (!name.equals("ROLE")) {
                    check(workload.toString(), name, text).ifPresent(problems::add);
                }
            });
            source(workload, problems);
            files(workload, settings, problems);
            stores(workload, settings, problems);
            faults(workload, manifests, problems);
        });
        return problems;
    }

    private static Stream<String> live() {
        return AllSettings.CATALOG.all().stream().filter(Setting::live).map(Setting::name);
    }

    private static Optional<String> check(String where, String name, String text) {
        Setting<?> setting = AllSettings.CATALOG.named(name);
        if (setting == null) {
            return Optional.of(where + ": " + name + " isn't a setting");
        }
        try {
            Object value = setting.form().parse(text);
            return Optional.ofNullable(value).isPresent() ? Optional.empty() : Optional.of(where + ": " + name);
        } catch (IllegalArgumentException e) {
            return Optional.of(where + ": " + name + " = " + text + ": expected " + e.getMessage());
        }
    }

    /** Each process gets the ConfigMap in one of two ways. */
    private static void source(Workload workload, List<String> problems) {
        String followed = workload.env().get("CONFIG_MAP");
        boolean copied = workload.template().getSpec().getContainers().stream()
                .flatMap(container -> container.getEnvFrom().stream())
                .anyMatch(from -> from.getConfigMapRef() != null
                        && Manifests.SETTINGS.equals(from.getConfigMapRef().getName()));
        if (followed == null && !copied) {
            problems.add(workload + " gets no settings");
        }
        if (followed != null && !followed.equals(Manifests.NAMESPACE + "/" + Manifests.SETTINGS)) {
            problems.add(workload + " follows " + followed + ", which isn't there");
        }
        String live = workload.env().get("LIVE_CONFIG_MAP");
        if (followed != null && !(Manifests.NAMESPACE + "/" + MadeElsewhere.LIVE_SETTINGS).equals(live)) {
            problems.add(workload + " follows live settings in " + live);
        }
    }

    /** A file store's directory must already exist: it is a mount. */
    private static void stores(Workload workload, Map<String, String> settings, List<String> problems) {
        if (!ARCHIVE_ROLES.contains(workload.role())) {
            return;
        }
        List<String> mounts = workload.template().getSpec().getContainers().stream()
                .flatMap(container -> container.getVolumeMounts().stream())
                .map(VolumeMount::getMountPath)
                .toList();
        Stream.of("ALERT_STORE", "SCHEMA_STORE")
                .map(name -> settings.getOrDefault(name, ""))
                .filter(store -> store.startsWith("file:") && !mounts.contains(store.substring("file:".length())))
                .forEach(store -> problems.add(workload + " doesn't mount the directory of " + store));
    }

    /** The file of recipes is mounted, and the replayer accepts it. */
    private static void faults(Workload workload, Manifests manifests, List<String> problems) {
        Recipes.file(workload).ifPresent(file -> Recipes.text(manifests)
                .ifPresentOrElse(
                        text -> Recipes.problem(text)
                                .ifPresent(problem -> problems.add(workload + " and its recipes: " + problem)),
                        () -> problems.add(workload + " has no file " + file)));
    }

    /** If a pod mounts the user's certificate, the settings name the mounted files. */
    private static void files(Workload workload, Map<String, String> settings, List<String> problems) {
        Map<String, List<String>> mounted = new HashMap<>();
        workload.template().getSpec().getVolumes().forEach(volume -> {
            if (volume.getSecret() != null) {
                mounted.put(
                        volume.getName(),
                        volume.getSecret().getItems().stream()
                                .map(KeyToPath::getPath)
                                .toList());
            }
        });
        if (mounted.isEmpty()) {
            return;
        }
        List<String> files = workload.template().getSpec().getContainers().stream()
                .flatMap(container -> container.getVolumeMounts().stream())
                .filter(mount -> mounted.containsKey(mount.getName()))
                .flatMap(mount -> files(mount, mounted))
                .toList();
        Stream<String> ofStores = Stream.of("S3_ACCESS_KEY_FILE", "S3_SECRET_KEY_FILE", "S3_CA_FILE")
                .filter(name -> ARCHIVE_ROLES.contains(workload.role()));
        Stream.concat(Stream.of("KAFKA_CA_FILE", "KAFKA_CERT_FILE", "KAFKA_KEY_FILE"), ofStores)
                .map(settings::get)
                .filter(Objects::nonNull)
                .filter(file -> !files.contains(file))
                .forEach(file -> problems.add(workload + " has no file " + file + "; mounted are " + files));
    }

    private static Stream<String> files(VolumeMount mount, Map<String, List<String>> mounted) {
        return mounted.get(mount.getName()).stream().map(file -> mount.getMountPath() + "/" + file);
    }
}
