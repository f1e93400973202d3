package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Rule;
import dev.sheaf.rego.syntax.Term;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Variables that a rule declares and never uses.
final class UnusedNames {
    private final Map<String, Integer> uses = new TreeMap<>();
    private final Map<String, Location> declared = new TreeMap<>();

    private UnusedNames() {}

    static void check(Rule rule, Faults faults) {
        UnusedNames names = new UnusedNames();
        TermVisitor counting =
                new TermVisitor(term -> {
                    if (term instanceof Term.Variable variable) {
                        names.uses.merge(variable.name(), 1, Integer::sum);
                    }
                });
        rule.path().forEach(counting::visit);
        rule.member().ifPresent(counting::visit);
        counting.visit(rule.value());
        counting.visit(rule.body());
        names.declarations(rule.body());
        TermVisitor within = new TermVisitor(names::closure);
        within.visit(rule.body());
        names.declared.forEach((name, at) -> {
            if (names.uses.getOrDefault(name, 0) < 2) {
                faults.add(
                        "rego_compile_error",
                        "assigned var " + name + " unused",
                        at,
                        "remove it, or name it _");
            }
        });
        rule.otherwise().ifPresent(next -> check(next, faults));
    }

    private void closure(Term term) {
        switch (term) {
            case Term.ArrayComprehension each -> declarations(each.body());
            case Term.SetComprehension each -> declarations(each.body());
            case Term.ObjectComprehension each -> declarations(each.body());
            case Term.Scalar other -> {}
            case Term.Variable other -> {}
            case Term.Reference other -> {}
            case Term.ArrayLiteral other -> {}
            case Term.SetLiteral other -> {}
            case Term.ObjectLiteral other -> {}
            case Term.Call other -> {}
            case Term.Template other -> {}
        }
    }

    private void declarations(Body body) {
        for (Expression expression : body.expressions()) {
            List<Term> patterns = new ArrayList<>();
            switch (expression.kind()) {
                case Kind.Assign(Term left, Term right) -> patterns.add(left);
                case Kind.Some(List<Term.Variable> names) -> patterns.addAll(names);
                case Kind.SomeIn some -> {
                    some.key().ifPresent(patterns::add);
                    patterns.add(some.value());
                }
                case Kind.Every every -> declarations(every.body());
                case Kind.Holds other -> {}
                case Kind.Unify other -> {}
            }
            TermVisitor visitor =
                    new TermVisitor(term -> {
                        if (term instanceof Term.Variable variable && !variable.isWildcard()) {
                            declared.putIfAbsent(variable.name(), variable.at());
                        }
                    });
            patterns.forEach(visitor::visit);
        }
    }
}
