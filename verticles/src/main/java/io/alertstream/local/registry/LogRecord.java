package io.alertstream.local.registry;

import java.util.Optional;

/** One record of the topic. An empty subject stands for the whole registry. */
sealed interface LogRecord {

    /** The subject that means the registry as a whole. */
    String GLOBAL = "";

    /**
     * Applies the record to the state.
     *
     * @return false if it was ignored, see {@link RegistryState#put}
     */
    boolean applyTo(RegistryState state);

    record SchemaPut(StoredSchema schema) implements LogRecord {

        @Override
        public boolean applyTo(RegistryState state) {
            return state.put(schema);
        }
    }

    /** The version was deleted permanently. */
    record SchemaGone(String subject, int version) implements LogRecord {

        @Override
        public boolean applyTo(RegistryState state) {
            state.remove(subject, version);
            return true;
        }
    }

    /** All versions up to this one are softly deleted. */
    record SubjectDeleted(String subject, int upToVersion) implements LogRecord {

        @Override
        public boolean applyTo(RegistryState state) {
            state.deleteSoftly(subject, upToVersion);
            return true;
        }
    }

    record ConfigPut(String subject, Compatibility level) implements LogRecord {

        @Override
        public boolean applyTo(RegistryState state) {
            state.setLevel(subject, Optional.of(level));
            return true;
        }
    }

    record ConfigGone(String subject) implements LogRecord {

        @Override
        public boolean applyTo(RegistryState state) {
            state.setLevel(subject, Optional.empty());
            return true;
        }
    }

    record ModePut(String subject, Mode mode) implements LogRecord {

        @Override
        public boolean applyTo(RegistryState state) {
            state.setMode(subject, Optional.of(mode));
            return true;
        }
    }

    record ModeGone(String subject) implements LogRecord {

        @Override
        public boolean applyTo(RegistryState state) {
            state.setMode(subject, Optional.empty());
            return true;
        }
    }

    /** Makes other registries drop what they derived from a subject's deleted schemas. */
    record SubjectCleared(String subject) implements LogRecord {

        @Override
        public boolean applyTo(RegistryState state) {
            return true; // Nothing is derived here.
        }
    }

    /** Changes nothing here. */
    record Other(String what) implements LogRecord {

        @Override
        public boolean applyTo(RegistryState state) {
            return true;
        }
    }
}
