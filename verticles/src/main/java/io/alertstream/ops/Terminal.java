package io.alertstream.ops;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** Finds out whether somebody watches. */
public final class Terminal {

    private Terminal() {}

    /** Where to draw for whoever watches; empty if input or output isn't a terminal. */
    @SuppressWarnings("SystemConsoleNull") // Until Java 22 null tells; from then on isTerminal does.
    public static Optional<PrintStream> ofThisProcess() {
        Console console = System.console();
        return console != null && isTerminal(console) ? Optional.of(System.err) : Optional.empty();
    }

    /** From Java 22 on there can be a console without a terminal, and the console says so; before, it can't and doesn't. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
