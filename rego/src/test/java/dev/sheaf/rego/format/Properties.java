package dev.sheaf.rego.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.rego.syntax.Comment;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.RegoVersion;

import java.util.List;

/// What must hold for every module.
final class Properties {
    private Properties() {}

    /// Formats a module, and checks that it says the same, has the same comments, and stays as it
    /// is when it is formatted again.
    static void check(String name, Module module, RegoVersion target) {
        String formatted = Formatter.format(module, target);
        Module again = Parser.module(module.file(), formatted, target);
        assertEquals(SyntaxText.of(module), SyntaxText.of(again), name + " as\n" + formatted);
        assertEquals(comments(module), comments(again), name + " as\n" + formatted);
        assertEquals(formatted, Formatter.format(again), name + " formatted twice");
    }

    private static List<String> comments(Module module) {
        return module.comments().stream().map(Comment::text).sorted().toList();
    }
}
