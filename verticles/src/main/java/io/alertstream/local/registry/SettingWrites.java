package io.alertstream.local.registry;

import io.alertstream.local.registry.LogRecord.ConfigGone;
import io.alertstream.local.registry.LogRecord.ConfigPut;
import io.alertstream.local.registry.LogRecord.ModeGone;
import io.alertstream.local.registry.LogRecord.ModePut;
import io.alertstream.local.registry.LogRecord.SchemaGone;
import io.alertstream.local.registry.LogRecord.SubjectCleared;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Changes compatibility levels and modes, of a subject or ({@link LogRecord#GLOBAL}) of the registry. */
final class SettingWrites {

    private final RegistryState state;
    private final TopicLog log;
    private final WriteQueue writes;

    SettingWrites(RegistryState state, TopicLog log, WriteQueue writes) {
        this.state = state;
        this.log = log;
        this.writes = writes;
    }

    Future<Void> setLevel(String subject, Compatibility level) {
        return writes.run(() -> {
            requireWritable(subject);
            return log.append(List.of(new ConfigPut(subject, level)));
        });
    }

    /** Returns the level that was set. */
    Future<Compatibility> clearLevel(String subject) {
        return writes.run(() -> {
            requireWritable(subject);
            Compatibility was = state.level(subject).orElseGet(() -> ifGlobal(subject, Compatibility.DEFAULT));
            return log.append(List.of(new ConfigGone(subject))).map(was);
        });
    }

    /**
     * Sets a mode.
     *
     * @param force allows IMPORT where there are schemas
     */
    Future<Void> setMode(String subject, Mode mode, boolean force) {
        return writes.run(() -> {
            List<LogRecord> records = new ArrayList<>();
            if (mode == Mode.IMPORT && state.effectiveMode(subject) != Mode.IMPORT && !force) {
                records.addAll(clear(subject));
            }
            records.add(new ModePut(subject, mode));
            return log.append(records);
        });
    }

    /** Removes softly deleted versions, since the client will choose ids and versions itself. */
    private List<LogRecord> clear(String subject) {
        Predicate<StoredSchema> concerned =
                schema -> subject.equals(LogRecord.GLOBAL) || schema.subject().equals(subject);
        if (state.schemas().filter(concerned).anyMatch(schema -> !schema.deleted())) {
            throw ApiError.notPermitted("Cannot import since found existing subjects");
        }
        List<LogRecord> records = new ArrayList<>();
        state.schemas()
                .filter(concerned)
                .forEach(schema -> records.add(new SchemaGone(schema.subject(), schema.version())));
        records.add(new SubjectCleared(subject));
        return records;
    }

    /** Returns the mode that was set. */
    Future<Mode> clearMode(String subject) {
        return writes.run(() -> {
            Mode was = state.mode(subject).orElseGet(() -> ifGlobal(subject, Mode.READWRITE));
            return log.append(List.of(new ModeGone(subject))).map(was);
        });
    }

    private void requireWritable(String subject) {
        if (state.effectiveMode(subject).readOnly()) {
            throw ApiError.notPermitted("Subject " + subject + " is in read-only mode");
        }
    }

    /** The registry always has a setting; a subject may have none. */
    private static <T> T ifGlobal(String subject, T value) {
        if (subject.equals(LogRecord.GLOBAL)) {
            return value;
        }
        throw ApiError.subjectNotFound(subject);
    }
}
