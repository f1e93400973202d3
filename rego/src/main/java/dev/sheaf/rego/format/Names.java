package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Lexeme;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.PolicyFault;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds names in v0 that are keywords in v1, and so cannot be kept.
final class Names {
    private static final Set<String> NEW = Set.of("contains", "every", "if", "in");
    private static final Set<String> KEYWORDS =
            Set.of(
                    "as",
                    "contains",
                    "default",
                    "else",
                    "every",
                    "false",
                    "if",
                    "import",
                    "in",
                    "not",
                    "null",
                    "package",
                    "some",
                    "true",
                    "with");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final Module module;
    private final boolean isConverting;
    private final List<Diagnostic> faults = new ArrayList<>();

    Names(Module module, boolean isConverting) {
        this.module = module;
        this.isConverting = isConverting;
    }

    /// Whether it can stand behind a dot.
    static boolean isPlain(String name) {
        return NAME.matcher(name).matches() && !KEYWORDS.contains(name);
    }

    /// A name at the current piece.
    void check(String name, Transcript transcript) {
        if (!isConverting || !NEW.contains(name)) {
            return;
        }
        Lexeme piece = transcript.current();
        Lexeme next = transcript.next();
        boolean isPath = next.text().equals(".") && transcript.isAttached(2);
        boolean isFunction = next.text().equals("(") && name.equals("contains");
        if (!transcript.isAttached(1) || !isPath && !isFunction) {
            faults.add(fault(name, piece));
        }
    }

    private Diagnostic fault(String name, Lexeme piece) {
        String text = module.text();
        int start = text.lastIndexOf('\n', piece.offset()) + 1;
        int end = text.indexOf('\n', start);
        return new Diagnostic(
                "rego_format_error",
                name + " is a name here, and a keyword in v1",
                new Location(
                        module.file(), piece.line(), piece.offset() - start + 1, piece.offset()),
                text.substring(start, end < 0 ? text.length() : end),
                "rename it before the module is rewritten as v1");
    }

    /// @throws PolicyFault with all that were found
    void requireNone() {
        if (!faults.isEmpty()) {
            throw new PolicyFault(faults);
        }
    }
}
