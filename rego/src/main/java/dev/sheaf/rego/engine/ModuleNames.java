package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Import;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.RegoVersion;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What names mean in a module: its package's rules, and its imports.
final class ModuleNames {
    private final Module module;
    private final Map<String, List<String>> paths = new HashMap<>();

    /// @param rules the names of all rules of the package, whichever module they stand in
    ModuleNames(Module module, Set<String> rules) {
        this.module = module;
        for (String rule : rules) {
            List<String> path = new ArrayList<>();
            path.add("data");
            path.addAll(module.packagePath());
            path.add(rule);
            paths.put(rule, List.copyOf(path));
        }
        for (Import each : module.imports()) {
            paths.putIfAbsent(each.name(), each.path());
        }
    }

    Module module() {
        return module;
    }

    /// The path that begins with `data` or `input`; null when the name is nothing of the module's.
    @Nullable List<String> path(String name) {
        return paths.get(name);
    }

    void check(Faults faults) {
        Set<String> seen = new HashSet<>();
        for (Import each : module.imports()) {
            if (!seen.add(each.name()) && module.version() == RegoVersion.V1) {
                faults.add(
                        "rego_compile_error",
                        "import must not shadow import " + each.name(),
                        each.at(),
                        "import it under another name: as …");
            }
        }
    }
}
