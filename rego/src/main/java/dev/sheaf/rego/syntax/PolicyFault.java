package dev.sheaf.rego.syntax;

import java.util.List;

/// A policy that cannot be used, with all that was found. Whoever shows it to users makes a
/// [Problem][dev.sheaf.kernel.Problem] of it.
public final class PolicyFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> diagnostics;

    public PolicyFault(List<Diagnostic> diagnostics) {
        super(Diagnostic.render(diagnostics), null, false, false);
        this.diagnostics = List.copyOf(diagnostics);
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics == null ? List.of() : diagnostics;
    }
}
