package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each overlay is put before a real API server, where its programs are found: see rehearsal/run.sh. */
class RehearsalIT {

    private static final Path REHEARSAL = Overlays.HOME.resolve("rehearsal");
    private static final Path MADE = Overlays.HOME.resolve("target/rehearsal");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"idfint", "local", "production", "usdf"})
    void theApiServerAcceptsTheOverlayAndGuardsItsData(String overlay) throws Exception {
        Overlays.skipUnless(
                has("kube-apiserver") && has("etcd"),
                "kube-apiserver and etcd aren't found: KUBEBUILDER_ASSETS, or k8s/rehearsal/build.sh");
        Path crds = Optional.ofNullable(System.getenv("CRDS")).map(Path::of).orElse(MADE.resolve("crds"));
        Overlays.skipUnless(Files.isDirectory(crds), "there are no CRDs in " + crds + ": k8s/rehearsal/crds.sh");
        Overlays.skipUnless(
                Overlays.onPath("kubectl") && Overlays.onPath("openssl") && Overlays.onPath("python3"),
                "the rehearsal needs kubectl, openssl and python3");
        Path output = directory.resolve("output");
        Process rehearsal = new ProcessBuilder(
                        List.of(REHEARSAL.resolve("run.sh").toString(), overlay))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(rehearsal.waitFor(20, TimeUnit.MINUTES)).isTrue();
            assertThat(rehearsal.exitValue()).as(Files.readString(output)).isZero();
            assertThat(Files.readString(output)).contains("passed: " + overlay, "LEFT OUT");
        } finally {
            rehearsal.destroy();
        }
    }

    private static boolean has(String program) {
        return Stream.of(
                                Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS"))
                                        .map(Path::of),
                                Optional.of(MADE.resolve("bin")))
                        .flatMap(Optional::stream)
                        .anyMatch(assets -> Files.isExecutable(assets.resolve(program)))
                || Overlays.onPath(program);
    }
}
