package io.alertstream.server;

import io.alertstream.server.RawHttp.Answer;
import io.alertstream.server.limits.Limits;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Serves an empty archive in files for each test, with the usual limits. */
abstract class ServerFixture {

    @TempDir
    Path directory;

    ServedArchive served;

    @BeforeEach
    final void serve() {
        served = new ServedArchive(directory, Limits.DEFAULT);
    }

    @AfterEach
    final void close() {
        served.close();
    }

    final Answer get(String path, String... headers) throws IOException {
        return RawHttp.request(served.port(), "GET", path, headers);
    }
}
