package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.PolicyFault;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is wrong with the policies that are being compiled.
final class Faults {
    private final Map<String, String> texts;
    private final Set<Diagnostic> all = new LinkedHashSet<>();

    /// @param texts of the files, for showing lines
    Faults(Map<String, String> texts) {
        this.texts = texts;
    }

    void add(String code, String message, Location at, String hint) {
        all.add(new Diagnostic(code, message, at, line(at), hint));
    }

    private String line(Location at) {
        String text = texts.get(at.file());
        if (text == null) {
            return "";
        }
        return text.lines().skip(at.line() - 1L).findFirst().orElse("");
    }

    List<Diagnostic> all() {
        return new ArrayList<>(all);
    }

    int size() {
        return all.size();
    }

    /// @throws PolicyFault when there are any
    void end() {
        if (!all.isEmpty()) {
            throw new PolicyFault(all());
        }
    }
}
