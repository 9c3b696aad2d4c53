package io.alertstream.schemasync;

/**
 * A subject to fill, as the survey's job fills it.
 *
 * @param shared whether it holds all versions of the alert schema. There a schema's version is its id, because
 *     consumers
 *     look for the id of a message among the versions, and afterwards the subject is writable by a mode of its own.
 *     Other
 *     subjects hold one schema, whose id is in its metadata, and have no mode of their own.
 */
record Subject(String name, boolean shared) {

    @Override
    public String toString() {
        return name;
    }
}
