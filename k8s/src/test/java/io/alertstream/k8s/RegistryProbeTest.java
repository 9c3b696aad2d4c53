package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry's liveness probe, run by a shell: it fails after a certificate was renewed, for one replica at a time. */
class RegistryProbeTest {

    private static final long TEN_MINUTES = 600;

    @TempDir
    Path directory;

    private String probe;

    @BeforeEach
    void start() throws Exception {
        Overlays.skipUnless(Overlays.onPath("bash"), "bash isn't on the PATH: the registry's probe can't run");
        var container = RegistryAgreement.ours(Overlays.render("idfint"))
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
        probe = here(container.getLivenessProbe().getExec().getCommand().get(2));
        write("user/user.crt", "first");
        write("ca/ca.crt", "authority");
        String command = here(container.getCommand().get(2));
        assertThat(run(command.substring(0, command.indexOf(" && exec ")), 0, 0))
                .isZero();
    }

    @Test
    void nothingHappensWhileCertificatesStay() throws Exception {
        for (int pod = 0; pod < 2; pod++) {
            assertThat(run(probe, pod, 0)).isZero();
            assertThat(run(probe, pod, TEN_MINUTES)).isZero();
        }
    }

    @Test
    void aRenewedCertificateRestartsOneReplicaAtATime() throws Exception {
        write("user/user.crt", "second");

        assertThat(run(probe, 0, 0)).isNotZero();
        assertThat(run(probe, 1, 0)).isZero();
        assertThat(run(probe, 0, TEN_MINUTES)).isZero();
        assertThat(run(probe, 1, TEN_MINUTES)).isNotZero();
    }

    @Test
    void soDoesARenewedAuthority() throws Exception {
        write("ca/ca.crt", "another authority");

        assertThat(run(probe, 0, 2 * TEN_MINUTES - 1)).isZero();
        assertThat(run(probe, 0, 2 * TEN_MINUTES)).isNotZero();
    }

    private String here(String command) {
        return command.replace("/etc/kafka/", directory + "/")
                .replace("/tmp/certificates", directory + "/certificates");
    }

    private void write(String file, String content) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    /** The exit status, in a pod of that number, so many seconds after the epoch. */
    private int run(String command, int pod, long seconds) throws Exception {
        ProcessBuilder shell = new ProcessBuilder(List.of("bash", "-c", "date() { echo " + seconds + "; }; " + command))
                .redirectErrorStream(true);
        shell.environment().put("HOSTNAME", RegistryAgreement.NAME + "-" + pod);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEmpty();
        return process.exitValue();
    }
}
