package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Takes what a negated expression is about out of the negation, as OPA does: `not f(input.x)` says
/// nothing when `input.x` is undefined, while `not input.x == 1` holds. References that are
/// compared stay where they are; those that are arguments, keys or items, and the calls within,
/// come before.
final class Hoisting {
    private final Supplier<String> names;
    private final List<Expression> before = new ArrayList<>();
    private List<Expression.With> withs = List.of();

    /// @param names fresh ones
    private Hoisting(Supplier<String> names) {
        this.names = names;
    }

    static Body of(Body body, Supplier<String> names) {
        if (body.expressions().stream().noneMatch(Expression::isNegated)) {
            return body;
        }
        List<Expression> all = new ArrayList<>();
        for (Expression expression : body.expressions()) {
            if (expression.isNegated()) {
                Hoisting hoisting = new Hoisting(names);
                Expression negated = hoisting.negated(expression);
                all.addAll(hoisting.before);
                all.add(negated);
            } else {
                all.add(expression);
            }
        }
        return new Body(all);
    }

    private Expression negated(Expression expression) {
        withs = expression.withs();
        Kind kind =
                switch (expression.kind()) {
                    case Kind.Holds(Term.Call call) -> new Kind.Holds(top(call));
                    case Kind.Holds(Term term) -> new Kind.Holds(compared(term));
                    case Kind.Unify(Term left, Term right) ->
                            new Kind.Unify(compared(left), compared(right));
                    case Kind.Assign other -> other;
                    case Kind.Some other -> other;
                    case Kind.SomeIn other -> other;
                    case Kind.Every other -> other;
                };
        return new Expression(true, kind, withs, expression.at());
    }

    private Term top(Term.Call call) {
        boolean isEquality =
                call.function() instanceof Term.Variable name && name.name().equals("equal");
        List<Term> arguments =
                call.arguments().stream()
                        .map(each -> isEquality ? compared(each) : part(each))
                        .toList();
        return new Term.Call(call.function(), arguments, call.isInfix(), call.at());
    }

    /// A side of a comparison, or the whole: a reference stays, its keys do not.
    private Term compared(Term term) {
        return term instanceof Term.Reference reference ? keys(reference) : part(term);
    }

    private Term.Reference keys(Term.Reference reference) {
        Term head = reference.head() instanceof Term.Call call ? part(call) : reference.head();
        return new Term.Reference(
                head, reference.path().stream().map(this::part).toList(), reference.at());
    }

    private Term part(Term term) {
        return switch (term) {
            case Term.Reference reference -> hoisted(keys(reference));
            case Term.Call(Term function, List<Term> arguments, boolean isInfix, Location at) ->
                    hoisted(
                            new Term.Call(
                                    function,
                                    arguments.stream().map(this::part).toList(),
                                    isInfix,
                                    at));
            case Term.ArrayLiteral(List<Term> items, Location at) ->
                    new Term.ArrayLiteral(items.stream().map(this::part).toList(), at);
            case Term.SetLiteral(List<Term> items, Location at) ->
                    new Term.SetLiteral(items.stream().map(this::part).toList(), at);
            case Term.ObjectLiteral(List<Term.Field> fields, Location at) ->
                    new Term.ObjectLiteral(
                            fields.stream()
                                    .map(field ->
                                            new Term.Field(part(field.key()), part(field.value())))
                                    .toList(),
                            at);
            case Term.Scalar other -> other;
            case Term.Variable other -> other;
            case Term.ArrayComprehension other -> other;
            case Term.SetComprehension other -> other;
            case Term.ObjectComprehension other -> other;
            case Term.Template other -> other;
        };
    }

    private Term hoisted(Term term) {
        Term.Variable variable = new Term.Variable(names.get(), term.at());
        before.add(new Expression(false, new Kind.Unify(variable, term), withs, term.at()));
        return variable;
    }
}
