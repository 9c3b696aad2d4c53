package io.alertstream.local.registry;

import java.util.Comparator;

/** Where a schema is registered. */
record SubjectVersion(String subject, int version) implements Comparable<SubjectVersion> {

    private static final Comparator<SubjectVersion> ORDER =
            Comparator.comparing(SubjectVersion::subject).thenComparingInt(SubjectVersion::version);

    @Override
    public int compareTo(SubjectVersion other) {
        return ORDER.compare(this, other);
    }
}
