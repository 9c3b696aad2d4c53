package io.alertstream.loadtest;

import io.alertstream.avro.AlertSourceException;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.loadtest.load.LoadTestException;
import io.alertstream.loadtest.target.InvalidTargetsException;
import io.alertstream.loadtest.workload.InvalidWorkloadException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The program: {@code run}, {@code baseline} and {@code compare}. Exit status: 0 done, 1 failed, 2 invalid arguments.
 */
@Command(
        name = "load-test",
        description = "Measures what an alertstream cluster carries.",
        mixinStandardHelpOptions = true,
        versionProvider = LoadTest.Version.class,
        subcommands = {RunCommand.class, BaselineCommand.class, CompareCommand.class},
        footer = {
            "",
            "Settings, as environment variables: KAFKA_BOOTSTRAP_SERVERS (127.0.0.1:9092), KAFKA_SECURITY (plaintext),",
            "KAFKA_CA_FILE, KAFKA_CERT_FILE, KAFKA_KEY_FILE, KAFKA_USERNAME, KAFKA_PASSWORD or KAFKA_PASSWORD_FILE,",
            "LOAD_TOPIC (alerts-simulated), LOAD_GROUP (load-test), SCHEMA_ID (version), ARCHIVE_URL",
            "(http://127.0.0.1:3000), ARCHIVE_TOKEN or ARCHIVE_TOKEN_FILE."
        })
public final class LoadTest {

    private static final int FAILED = 1;
    private static final int UNUSABLE = 2;

    private LoadTest() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        CommandLine line = new CommandLine(new LoadTest());
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(command, failure));
        return line.execute(arguments);
    }

    private static int failed(CommandLine command, Exception thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        boolean unusable = failure instanceof InvalidWorkloadException
                || failure instanceof InvalidTargetsException
                || failure instanceof AlertSourceException
                || failure instanceof NotAnAlertException
                || failure instanceof IllegalArgumentException;
        command.getErr()
                .println(unusable || failure instanceof LoadTestException ? failure.getMessage() : chain(failure));
        command.getErr().flush();
        return unusable ? UNUSABLE : FAILED;
    }

    /** An unexpected failure with all its causes; the last is often the most helpful. */
    private static String chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(Throwable::toString)
                .collect(Collectors.joining("; because of "));
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = LoadTest.class.getPackage().getImplementationVersion();
            return new String[] {"load-test " + (version == null ? "unpackaged" : version)};
        }
    }
}
