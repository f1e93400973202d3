package dev.sheaf.cli.policy;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.Builtins;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;

import java.util.List;
import java.util.stream.Stream;

/// Whether an expression may hold in several ways: a variable stands in a path, or a function has
/// any number of results.
final class TermSearch {
    private TermSearch() {}

    static boolean searches(Kind kind) {
        return switch (kind) {
            case Kind.Holds(Term term) -> searches(term);
            case Kind.Assign(Term left, Term right) -> searches(left) || searches(right);
            case Kind.Unify(Term left, Term right) -> searches(left) || searches(right);
            case Kind.SomeIn some -> true;
            case Kind.Some some -> false;
            case Kind.Every every -> searches(every.domain());
        };
    }

    private static boolean searches(Term term) {
        return switch (term) {
            case Term.Scalar scalar -> false;
            case Term.Variable variable -> false;
            case Term.Reference(Term head, List<Term> path, Location at) ->
                    searches(head)
                            || path.stream()
                                    .anyMatch(part ->
                                            part instanceof Term.Variable || searches(part));
            case Term.ArrayLiteral(List<Term> items, Location at) -> any(items.stream());
            case Term.SetLiteral(List<Term> items, Location at) -> any(items.stream());
            case Term.ObjectLiteral(List<Term.Field> fields, Location at) ->
                    any(fields.stream().flatMap(field -> Stream.of(field.key(), field.value())));
            case Term.Call(Term function, List<Term> arguments, boolean isInfix, Location at) ->
                    isRelation(function) || any(arguments.stream());
            case Term.ArrayComprehension other -> false;
            case Term.SetComprehension other -> false;
            case Term.ObjectComprehension other -> false;
            case Term.Template other -> false;
        };
    }

    private static boolean any(Stream<Term> terms) {
        return terms.anyMatch(TermSearch::searches);
    }

    private static boolean isRelation(Term function) {
        return function instanceof Term.Variable name
                && Builtins.find(name.name()).filter(Builtin::isRelation).isPresent();
    }
}
