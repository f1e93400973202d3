package dev.sheaf.cli.command;

import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.Wire;

import tools.jackson.databind.ObjectWriter;

/// Answers as JSON: one document in the shapes of the node's API, indented, a line end after it.
public final class JsonAnswer {
    private JsonAnswer() {}

    /// Made when first needed: commands that answer in text start faster without.
    private static final class Lazy {
        static final ObjectWriter WRITER = Wire.json().writerWithDefaultPrettyPrinter();
    }

    public static String text(Object value) {
        return Lazy.WRITER.writeValueAsString(value);
    }

    public static void print(Terminal terminal, Object value) {
        terminal.out().println(text(value));
    }
}
