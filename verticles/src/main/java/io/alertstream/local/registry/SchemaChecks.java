package io.alertstream.local.registry;

import io.alertstream.avro.InvalidSchemaException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Parses and compares schemas on the CPU pool, since hostile ones take a while. */
final class SchemaChecks {

    private final WorkerExecutor cpu;

    SchemaChecks(WorkerExecutor cpu) {
        this.cpu = cpu;
    }

    /** Parses a client's schema; fails with an {@link ApiError} if it is invalid. */
    Future<AvroDocument> parse(NewSchema sent) {
        return cpu.executeBlocking(() -> AvroDocument.parse(sent.document(), sent.normalize()), false);
    }

    /**
     * Compares a schema with earlier ones.
     *
     * @param earlier newest first
     * @return the incompatibilities at this level
     */
    Future<List<String>> problems(Compatibility level, AvroDocument newer, List<StoredSchema> earlier) {
        List<StoredSchema> relevant = level.relevant(earlier);
        if (relevant.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return cpu.executeBlocking(() -> compare(level, newer.schema(), relevant), false);
    }

    private static List<String> compare(Compatibility level, Schema newer, List<StoredSchema> relevant) {
        List<String> problems = new ArrayList<>();
        for (StoredSchema stored : relevant) {
            try {
                if (!stored.isAvro()) {
                    problems.add("version " + stored.version() + " is not an Avro schema without references");
                } else {
                    problems.addAll(level.problems(newer, AvroDocument.parseStored(stored.document())));
                }
            } catch (InvalidSchemaException e) {
                problems.add("can't be compared with version " + stored.version() + ": " + e.getMessage());
            } catch (RuntimeException | StackOverflowError e) { // Avro's comparison isn't safe either.
                problems.add("can't be compared with version " + stored.version());
            }
        }
        if (!problems.isEmpty()) {
            problems.add("{compatibility: '" + level + "'}");
        }
        return problems;
    }
}
