package io.alertstream.settings;

/** A password or token. It never prints its text, which must be revealed by name. */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
