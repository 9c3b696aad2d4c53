package io.alertstream.local.registry;

/**
 * A version as requested by a client.
 *
 * @param number from 1; -1 for the latest
 */
record VersionNumber(int number) {

    private static final int LATEST = -1;

    /**
     * Reads a number, {@code latest} or -1.
     *
     * @throws ApiError if it is something else
     */
    static VersionNumber parse(String text) {
        if (text.equalsIgnoreCase("latest")) {
            return new VersionNumber(LATEST);
        }
        try {
            int number = Integer.parseInt(text);
            if (number > 0 || number == LATEST) {
                return new VersionNumber(number);
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw ApiError.invalidVersion(text);
    }

    boolean isLatest() {
        return number == LATEST;
    }

    /**
     * The subject's version; deleted ones never count as latest.
     *
     * @param deleted whether a softly deleted one counts
     * @throws ApiError if there is none
     */
    StoredSchema find(RegistryState state, String subject, boolean deleted) {
        if (isLatest()) {
            return state.live(subject).stream().findFirst().orElseThrow(() -> missing(state, subject, deleted));
        }
        return state.at(new SubjectVersion(subject, number))
                .filter(schema -> deleted || !schema.deleted())
                .orElseThrow(() -> missing(state, subject, deleted));
    }

    private ApiError missing(RegistryState state, String subject, boolean deleted) {
        boolean known = deleted
                ? !state.versions(subject).isEmpty()
                : !state.live(subject).isEmpty();
        return known ? ApiError.versionNotFound(number) : ApiError.subjectNotFound(subject);
    }
}
