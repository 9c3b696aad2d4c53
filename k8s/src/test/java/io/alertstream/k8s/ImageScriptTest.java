package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that runs an image without a container engine. */
class ImageScriptTest {

    /** An image of one program, with the libraries that it needs. */
    private static final String MAKE_IMAGE = """
        mkdir -p root/bin root/tmp
        cp "$(command -v sleep)" root/bin/
        ldd root/bin/sleep | sed -n 's/.*=> \\(\\/[^ ]*\\).*/\\1/p; s/^[[:space:]]*\\(\\/[^ ]*\\).*/\\1/p' | while read -r library; do
          mkdir -p "root$(dirname "$library")" && cp -L "$library" "root$library"
        done
        tar -C root -cf layer.tar .
        echo '{"config":{"User":"10001:10001","Env":["PATH=/bin"],"WorkingDir":"/tmp","Entrypoint":["sleep"]}}' > config.json
        echo '[{"config":"config.json","layers":["layer.tar"]}]' > manifest.json
        tar -cf image.tar manifest.json config.json layer.tar
        """;

    @Test
    void endedByTermItLeavesNothing(@TempDir Path directory) throws Exception {
        Overlays.skipUnless(
                Overlays.onPath("mountpoint") && "root".equals(System.getProperty("user.name")),
                "not root on Linux: the image's script can't mount anything");
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        sh(directory, MAKE_IMAGE);
        ProcessBuilder script = new ProcessBuilder(
                        Overlays.HOME.resolve("image/run.sh").toString(),
                        directory.resolve("image.tar").toString(),
                        "--",
                        "600")
                .redirectErrorStream(true);
        script.environment().put("TMPDIR", scratch.toString());
        Process running = script.start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(running.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            Overlays.skipUnless(
                    !String.valueOf(line).contains("permission denied"), "mounting isn't allowed here: " + line);
            assertThat(line).startsWith("user 10001:10001");
            assertThat(mounts(scratch)).isNotEmpty();

            assertThat(running.toHandle().destroy()).isTrue();

            assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(running.exitValue()).isEqualTo(143);
            assertThat(mounts(scratch)).isEmpty();
            assertThat(scratch).isEmptyDirectory();
        } finally {
            running.destroyForcibly();
            // What a broken script leaves must not be deleted through its mounts.
            for (String mount : mounts(scratch)) {
                sh(directory, "umount --lazy '" + mount + "'");
            }
        }
    }

    private static List<String> mounts(Path under) throws IOException {
        return Files.readAllLines(Path.of("/proc/mounts")).stream()
                .map(line -> line.split(" ", -1)[1])
                .filter(mount -> mount.startsWith(under.toString()))
                .toList();
    }

    private static void sh(Path directory, String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-euc", script)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
