package dev.sheaf.rego.syntax;

import java.util.List;
import java.util.Optional;

/// @param path for example `data`, `lib`, `roles`
public record Import(List<String> path, Optional<String> alias, Location at) {
    /// The name under which it is known in its module.
    public String name() {
        return alias.orElse(path.getLast());
    }
}
