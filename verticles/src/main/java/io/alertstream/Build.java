package io.alertstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version and commit of this program. */
record Build(String version, String commit) {

    /** The values that the build wrote into the jar. */
    static Build ofThisJar() {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Build(properties.getProperty("version"), properties.getProperty("commit"));
    }

    @Override
    public String toString() {
        // The commit is a placeholder if the sources were built outside a git checkout.
        return "alertstream " + version + (commit.startsWith("$") ? "" : " (" + commit + ")");
    }
}
