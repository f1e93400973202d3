package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Compiled modules, to which questions can be asked. Immutable; for any thread.
public final class Policies {
    private final Tree tree;
    private final Calls calls;

    private final CompileOptions options;

    private Policies(Tree tree, Calls calls, CompileOptions options) {
        this.tree = tree;
        this.calls = calls;
        this.options = options;
    }

    /// @throws PolicyFault with everything that is wrong
    public static Policies compile(List<Module> modules, CompileOptions options) {
        Map<String, String> texts = new HashMap<>();
        modules.forEach(module -> texts.put(module.file(), module.text()));
        Faults faults = new Faults(texts);
        Checks checks = new Checks(options, faults);
        Tree tree = new Tree(modules, faults);
        faults.end();
        Calls calls = new Calls(tree.root());
        Dependencies dependencies = new Dependencies(tree.root());
        tree.root()
                .forEach(node -> {
                    if (node.hasRules()) {
                        new RuleCompiler(node, tree.root(), calls, checks, dependencies).compile();
                    }
                });
        dependencies.check(faults);
        faults.end();
        checks.modules(modules);
        faults.end();
        return new Policies(tree, calls, options);
    }

    /// @param text a body, for example `data.sales.allow = x`
    /// @throws PolicyFault when it is none, or is not safe
    public Query query(String text) {
        return query(Parser.query(text, RegoVersion.V1));
    }

    /// @throws PolicyFault when it is not safe
    public Query query(Body body) {
        Faults faults = new Faults(Map.of());
        Module none =
                new Module(
                        "",
                        RegoVersion.V1,
                        List.of(),
                        dev.sheaf.rego.syntax.Location.NONE,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        "");
        Renaming renaming = new Renaming(new ModuleNames(none, new HashSet<>()), Map.of(), faults);
        Scope scope = Scope.ofRule();
        Body renamed = renaming.body(body, scope);
        faults.end();
        new Checks(options, faults).body(renamed);
        faults.end();
        Query query =
                Query.of(
                        renamed,
                        new Generator(calls, tree.root(), faults, options.isTraced()),
                        tree.size());
        faults.end();
        return query;
    }
}
