package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which variables a renamed term or expression has.
final class Variables {
    /// Outside of comprehensions, templates and `every`.
    private final Set<String> open = new LinkedHashSet<>();

    /// Within those.
    private final Set<String> closed = new LinkedHashSet<>();

    private Variables() {}

    static Variables of(Term term) {
        Variables found = new Variables();
        found.visit(term, found.open);
        return found;
    }

    static Variables of(Expression expression) {
        Variables found = new Variables();
        found.visit(expression, found.open);
        return found;
    }

    Set<String> open() {
        return open;
    }

    Set<String> closed() {
        return closed;
    }

    /// What must be bound before: all that is open, and of the closed what the body around has too.
    Set<String> needed(Set<String> around) {
        Set<String> needed = new LinkedHashSet<>(open);
        for (String name : closed) {
            if (around.contains(name)) {
                needed.add(name);
            }
        }
        return needed;
    }

    private void visit(Expression expression, Set<String> into) {
        switch (expression.kind()) {
            case Kind.Holds(Term term) -> visit(term, into);
            case Kind.Assign(Term left, Term right) -> {
                visit(left, into);
                visit(right, into);
            }
            case Kind.Unify(Term left, Term right) -> {
                visit(left, into);
                visit(right, into);
            }
            case Kind.Some some -> {}
            case Kind.SomeIn(Optional<Term> key, Term value, Term collection) -> {
                key.ifPresent(each -> visit(each, into));
                visit(value, into);
                visit(collection, into);
            }
            case Kind.Every(Optional<Term> key, Term value, Term domain, Body body) -> {
                visit(domain, into);
                Set<String> own = new HashSet<>();
                Variables inner = new Variables();
                body.expressions().forEach(each -> inner.visit(each, inner.closed));
                key.ifPresent(each -> visit(each, own));
                visit(value, own);
                inner.closed.removeAll(own);
                closed.addAll(inner.closed);
            }
        }
        for (Expression.With with : expression.withs()) {
            visit(with.value(), into);
        }
    }

    private void visit(Term term, Set<String> into) {
        switch (term) {
            case Term.Scalar scalar -> {}
            case Term.Variable variable -> {
                if (isLocal(variable)) {
                    into.add(variable.name());
                }
            }
            case Term.Reference(Term head, List<Term> path, Location at) -> {
                visit(head, into);
                path.forEach(each -> visit(each, into));
            }
            case Term.ArrayLiteral(List<Term> items, Location at) ->
                    items.forEach(each -> visit(each, into));
            case Term.SetLiteral(List<Term> items, Location at) ->
                    items.forEach(each -> visit(each, into));
            case Term.ObjectLiteral(List<Term.Field> fields, Location at) ->
                    fields.forEach(field -> {
                        visit(field.key(), into);
                        visit(field.value(), into);
                    });
            case Term.ArrayComprehension(Term head, Body body, Location at) -> {
                visit(head, closed);
                body.expressions().forEach(each -> visit(each, closed));
            }
            case Term.SetComprehension(Term head, Body body, Location at) -> {
                visit(head, closed);
                body.expressions().forEach(each -> visit(each, closed));
            }
            case Term.ObjectComprehension(Term key, Term value, Body body, Location at) -> {
                visit(key, closed);
                visit(value, closed);
                body.expressions().forEach(each -> visit(each, closed));
            }
            case Term.Call(Term function, List<Term> arguments, boolean isInfix, Location at) ->
                    arguments.forEach(each -> visit(each, into));
            case Term.Template(List<Term.Part> parts, Location at) -> {
                for (Term.Part part : parts) {
                    if (part instanceof Term.Part.Hole(Expression expression)) {
                        visit(expression, closed);
                    }
                }
            }
        }
    }

    /// Not a document's root, and not a built-in function that replaces another.
    static boolean isLocal(Term.Variable variable) {
        String name = variable.name();
        return !name.equals("data") && !name.equals("input") && !name.startsWith(Renaming.BUILTIN);
    }
}
