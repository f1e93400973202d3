package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Goes through all terms of a body, those within others and within bodies of comprehensions too.
final class TermVisitor {
    private final Consumer<Term> action;

    /// @param action is called for a term before those within it
    TermVisitor(Consumer<Term> action) {
        this.action = action;
    }

    void visit(Body body) {
        body.expressions().forEach(this::visit);
    }

    void visit(Expression expression) {
        switch (expression.kind()) {
            case Kind.Holds(Term term) -> visit(term);
            case Kind.Assign(Term left, Term right) -> {
                visit(left);
                visit(right);
            }
            case Kind.Unify(Term left, Term right) -> {
                visit(left);
                visit(right);
            }
            case Kind.Some(List<Term.Variable> names) -> names.forEach(this::visit);
            case Kind.SomeIn(Optional<Term> key, Term value, Term collection) -> {
                key.ifPresent(this::visit);
                visit(value);
                visit(collection);
            }
            case Kind.Every(Optional<Term> key, Term value, Term domain, Body body) -> {
                key.ifPresent(this::visit);
                visit(value);
                visit(domain);
                visit(body);
            }
        }
        for (Expression.With with : expression.withs()) {
            visit(with.target());
            visit(with.value());
        }
    }

    void visit(Term term) {
        action.accept(term);
        switch (term) {
            case Term.Scalar none -> {}
            case Term.Variable none -> {}
            case Term.Reference(Term head, List<Term> path, Location at) -> {
                visit(head);
                path.forEach(this::visit);
            }
            case Term.ArrayLiteral(List<Term> items, Location at) -> items.forEach(this::visit);
            case Term.SetLiteral(List<Term> items, Location at) -> items.forEach(this::visit);
            case Term.ObjectLiteral(List<Term.Field> fields, Location at) ->
                    fields.forEach(field -> {
                        visit(field.key());
                        visit(field.value());
                    });
            case Term.ArrayComprehension(Term head, Body body, Location at) -> {
                visit(head);
                visit(body);
            }
            case Term.SetComprehension(Term head, Body body, Location at) -> {
                visit(head);
                visit(body);
            }
            case Term.ObjectComprehension(Term key, Term value, Body body, Location at) -> {
                visit(key);
                visit(value);
                visit(body);
            }
            case Term.Call(Term function, List<Term> arguments, boolean isInfix, Location at) -> {
                visit(function);
                arguments.forEach(this::visit);
            }
            case Term.Template(List<Term.Part> parts, Location at) -> {
                for (Term.Part part : parts) {
                    if (part instanceof Term.Part.Hole(Expression expression)) {
                        visit(expression);
                    }
                }
            }
        }
    }
}
