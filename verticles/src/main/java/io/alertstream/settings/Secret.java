package io.alertstream.settings;

/** A password or token: its text is asked for by name and never printed. */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
