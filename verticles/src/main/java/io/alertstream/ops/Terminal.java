package io.alertstream.ops;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** Detects a terminal. */
public final class Terminal {

    private Terminal() {}

    /** Where to draw; empty if input or output isn't a terminal. */
    @SuppressWarnings("SystemConsoleNull") // Until Java 22, null says so; from then on, isTerminal does.
    public static Optional<PrintStream> ofThisProcess() {
        Console console = System.console();
        return console != null && isTerminal(console) ? Optional.of(System.err) : Optional.empty();
    }

    /** Since Java 22 a console may exist without a terminal, which it reports; before, it can't. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
