package dev.sheaf.rego.engine;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.Builtins;
import dev.sheaf.rego.builtin.Types;
import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Import;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.syntax.Rule;
import dev.sheaf.rego.syntax.Term;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What can be said of policies before they are evaluated: functions that are not granted,
/// arguments of types that cannot be right, and in strict compilation what is likely a mistake.
final class Checks {
    private static final Set<String> OF_OLD =
            Set.of(
                    "all",
                    "any",
                    "cast_array",
                    "cast_boolean",
                    "cast_null",
                    "cast_object",
                    "cast_set",
                    "cast_string",
                    "net.cidr_overlap",
                    "re_match",
                    "set_diff");

    private final CompileOptions options;
    private final Faults faults;

    Checks(CompileOptions options, Faults faults) {
        this.options = options;
        this.faults = faults;
    }

    boolean isTraced() {
        return options.isTraced();
    }

    /// Traced rules are never woven.
    int runsBeforeWeaving() {
        return options.isTraced() ? Integer.MAX_VALUE : options.runsBeforeWeaving();
    }

    Faults faults() {
        return faults;
    }

    // --- functions and types, after renaming

    void body(Body body) {
        new TermVisitor(this::term).visit(body);
    }

    void term(Term term) {
        switch (term) {
            case Term.Call(
                            Term.Variable name,
                            List<Term> arguments,
                            boolean isInfix,
                            Location at) ->
                    Builtins.find(name.name()).ifPresent(builtin -> call(builtin, arguments, at));
            case Term.Variable variable when variable.name().startsWith(Renaming.BUILTIN) ->
                    Builtins.find(variable.name().substring(Renaming.BUILTIN.length()))
                            .ifPresent(builtin -> granted(builtin, variable.at()));
            case Term.Call other -> {}
            case Term.Variable other -> {}
            case Term.Scalar other -> {}
            case Term.Reference other -> {}
            case Term.ArrayLiteral other -> {}
            case Term.SetLiteral other -> {}
            case Term.ObjectLiteral other -> {}
            case Term.ArrayComprehension other -> {}
            case Term.SetComprehension other -> {}
            case Term.ObjectComprehension other -> {}
            case Term.Template other -> {}
        }
    }

    private void granted(Builtin builtin, Location at) {
        if (!options.granted().contains(builtin.capability())) {
            faults.add(
                    "rego_type_error",
                    "undefined function " + builtin.name(),
                    at,
                    "it needs the capability "
                            + builtin.capability()
                            + ", which is not granted to this policy");
        }
    }

    private void call(Builtin builtin, List<Term> arguments, Location at) {
        granted(builtin, at);
        for (int i = 0; i < Math.min(arguments.size(), builtin.arity()); i++) {
            Types given = types(arguments.get(i));
            Types wanted = builtin.arguments().get(i);
            if (!given.overlaps(wanted)) {
                faults.add(
                        "rego_type_error",
                        builtin.name()
                                + ": invalid argument(s): operand "
                                + (i + 1)
                                + " must be "
                                + wanted
                                + " but got "
                                + given,
                        arguments.get(i).at(),
                        "");
            }
        }
    }

    private static Types types(Term term) {
        return switch (term) {
            case Term.Scalar scalar -> Types.of(scalar.value());
            case Term.ArrayLiteral array -> Types.parse("array");
            case Term.ArrayComprehension array -> Types.parse("array");
            case Term.SetLiteral set -> Types.parse("set");
            case Term.SetComprehension set -> Types.parse("set");
            case Term.ObjectLiteral object -> Types.parse("object");
            case Term.ObjectComprehension object -> Types.parse("object");
            case Term.Template template -> Types.parse("string");
            case Term.Call(
                            Term.Variable name,
                            List<Term> arguments,
                            boolean infix,
                            Location at) -> {
                Optional<Builtin> builtin = Builtins.find(name.name());
                yield builtin.isPresent() ? builtin.get().result() : Types.ANY;
            }
            case Term.Call other -> Types.ANY;
            case Term.Variable other -> Types.ANY;
            case Term.Reference other -> Types.ANY;
        };
    }

    // --- modules as they are written

    void modules(List<Module> modules) {
        for (Module module : modules) {
            if (module.version() == RegoVersion.V1 || options.isStrict()) {
                functionsOfOld(module);
            }
            if (options.isStrict()) {
                imports(module);
                module.rules().forEach(rule -> UnusedNames.check(rule, faults));
            }
        }
    }

    private void functionsOfOld(Module module) {
        TermVisitor visitor =
                new TermVisitor(term -> {
                    String name =
                            term instanceof Term.Call call
                                    ? Renaming.dotted(call.function())
                                    : null;
                    if (name != null && OF_OLD.contains(name) && !isRule(module, name)) {
                        faults.add(
                                "rego_type_error",
                                "deprecated built-in function calls in expression: " + name,
                                term.at(),
                                "OPA's reference names what takes its place");
                    }
                });
        module.rules().forEach(rule -> visit(rule, visitor));
    }

    private static boolean isRule(Module module, String name) {
        return module.rules().stream().anyMatch(rule -> rule.name().equals(name));
    }

    static void visit(Rule rule, TermVisitor visitor) {
        rule.path().forEach(visitor::visit);
        rule.arguments().orElse(List.of()).forEach(visitor::visit);
        rule.member().ifPresent(visitor::visit);
        visitor.visit(rule.value());
        visitor.visit(rule.body());
        rule.otherwise().ifPresent(next -> visit(next, visitor));
    }

    private void imports(Module module) {
        Set<String> used = new HashSet<>();
        TermVisitor visitor =
                new TermVisitor(term -> {
                    if (term instanceof Term.Variable variable) {
                        used.add(variable.name());
                    }
                });
        module.rules().forEach(rule -> visit(rule, visitor));
        for (Import each : module.imports()) {
            if (!used.contains(each.name())) {
                faults.add(
                        "rego_compile_error",
                        String.join(".", each.path()) + " unused",
                        each.at(),
                        "remove the import");
            }
        }
    }
}
