package io.alertstream.bus;

/** What one part of the system asks of another on the event bus. Delivery is best-effort. */
public sealed interface Command {

    /** Starts no further visit; the one under way is finished. */
    record PauseReplay() implements Command {}

    /** Starts visits again. */
    record ResumeReplay() implements Command {}
}
