package io.alertstream.local.registry;

import io.alertstream.local.registry.LogRecord.ConfigGone;
import io.alertstream.local.registry.LogRecord.ModeGone;
import io.alertstream.local.registry.LogRecord.SchemaGone;
import io.alertstream.local.registry.LogRecord.SchemaPut;
import io.alertstream.local.registry.LogRecord.SubjectDeleted;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Deletes versions and subjects, first softly, then permanently. */
final class Deletions {

    private final RegistryState state;
    private final TopicLog log;
    private final WriteQueue writes;

    Deletions(RegistryState state, TopicLog log, WriteQueue writes) {
        this.state = state;
        this.log = log;
        this.writes = writes;
    }

    /** Deletes one version and returns its number. */
    Future<Integer> version(String subject, VersionNumber asked, boolean permanent) {
        return writes.run(() -> {
            requireWritable(subject);
            StoredSchema schema = asked.find(state, subject, true);
            if (permanent && !schema.deleted()) {
                throw ApiError.versionNotSoftDeleted(subject, schema.version());
            }
            if (!permanent && schema.deleted()) {
                throw ApiError.versionSoftDeleted(subject, schema.version());
            }
            List<LogRecord> records = new ArrayList<>();
            if (permanent) {
                records.add(new SchemaGone(subject, schema.version()));
                if (state.versions(subject).size() == 1) {
                    records.addAll(settingsOf(subject));
                }
            } else {
                records.add(new SchemaPut(schema.softlyDeleted()));
            }
            return log.append(records).map(schema.version());
        });
    }

    /** Deletes all versions and returns their numbers. */
    Future<List<Integer>> subject(String subject, boolean permanent) {
        return writes.run(() -> {
            requireWritable(subject);
            if (state.versions(subject).isEmpty()) {
                throw ApiError.subjectNotFound(subject);
            }
            return permanent ? forGood(subject) : softly(subject);
        });
    }

    private Future<List<Integer>> softly(String subject) {
        List<Integer> live =
                state.live(subject).stream().map(StoredSchema::version).sorted().toList();
        if (live.isEmpty()) {
            throw ApiError.subjectSoftDeleted(subject);
        }
        return log.append(List.of(new SubjectDeleted(subject, live.get(live.size() - 1))))
                .map(live);
    }

    private Future<List<Integer>> forGood(String subject) {
        if (!state.live(subject).isEmpty()) {
            throw ApiError.subjectNotSoftDeleted(subject);
        }
        List<Integer> versions = List.copyOf(state.versions(subject).keySet());
        List<LogRecord> records = new ArrayList<>();
        versions.forEach(version -> records.add(new SchemaGone(subject, version)));
        records.addAll(settingsOf(subject));
        return log.append(records).map(versions);
    }

    private void requireWritable(String subject) {
        if (state.effectiveMode(subject).readOnly()) {
            throw ApiError.notPermitted("Subject " + subject + " is in read-only mode");
        }
    }

    private List<LogRecord> settingsOf(String subject) {
        List<LogRecord> records = new ArrayList<>();
        state.mode(subject).ifPresent(mode -> records.add(new ModeGone(subject)));
        state.level(subject).ifPresent(level -> records.add(new ConfigGone(subject)));
        return records;
    }
}
