package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which variables an expression binds, given those that are bound before it.
final class Binding {
    private final Calls calls;
    private final Set<String> bound;
    private boolean grew;

    private Binding(Calls calls, Set<String> bound) {
        this.calls = calls;
        this.bound = bound;
    }

    /// @param before is not changed
    /// @return what is bound after it, if the expression can be evaluated at all
    static Set<String> after(Expression expression, Set<String> before, Calls calls) {
        Set<String> bound = new HashSet<>(before);
        if (!expression.isNegated()) {
            Binding binding = new Binding(calls, bound);
            do {
                binding.grew = false;
                binding.visit(expression.kind());
            } while (binding.grew);
        }
        return bound;
    }

    private void visit(Kind kind) {
        switch (kind) {
            case Kind.Holds(Term.Call call) -> {
                visit(call);
                if (calls.hasResultArgument(call)) {
                    call(call);
                }
            }
            case Kind.Holds(Term term) -> visit(term);
            case Kind.Assign(Term left, Term right) -> {
                visit(left);
                visit(right);
                unify(left, right);
            }
            case Kind.Unify(Term left, Term right) -> {
                visit(left);
                visit(right);
                unify(left, right);
            }
            case Kind.Some some -> {}
            case Kind.SomeIn(Optional<Term> key, Term value, Term collection) -> {
                visit(collection);
                if (isBound(collection)) {
                    key.ifPresent(this::bindPattern);
                    bindPattern(value);
                }
            }
            case Kind.Every every -> visit(every.domain());
        }
    }

    private void call(Term.Call call) {
        int last = call.arguments().size() - 1;
        if (call.arguments().subList(0, last).stream().allMatch(this::isBound)) {
            bindPattern(call.arguments().get(last));
        }
    }

    /// References bind the variables of their paths.
    private void visit(Term term) {
        switch (term) {
            case Term.Reference(Term head, List<Term> path, Location at) -> {
                visit(head);
                boolean isReady = isBound(head);
                for (Term part : path) {
                    visit(part);
                    if (isReady) {
                        bindPattern(part);
                    }
                    isReady = isReady && isBound(part);
                }
            }
            case Term.ArrayLiteral(List<Term> items, Location at) -> items.forEach(this::visit);
            case Term.SetLiteral(List<Term> items, Location at) -> items.forEach(this::visit);
            case Term.ObjectLiteral(List<Term.Field> fields, Location at) ->
                    fields.forEach(field -> {
                        visit(field.key());
                        visit(field.value());
                    });
            case Term.Call(Term function, List<Term> arguments, boolean isInfix, Location at) ->
                    arguments.forEach(this::visit);
            case Term.Scalar none -> {}
            case Term.Variable none -> {}
            case Term.ArrayComprehension none -> {}
            case Term.SetComprehension none -> {}
            case Term.ObjectComprehension none -> {}
            case Term.Template none -> {}
        }
    }

    private boolean isBound(Term term) {
        return bound.containsAll(Variables.of(term).open());
    }

    /// The variables of a pattern that a value is held against.
    private void bindPattern(Term pattern) {
        switch (pattern) {
            case Term.Variable variable -> {
                if (Variables.isLocal(variable)) {
                    grew |= bound.add(variable.name());
                }
            }
            case Term.ArrayLiteral(List<Term> items, Location at) ->
                    items.forEach(this::bindPattern);
            case Term.ObjectLiteral(List<Term.Field> fields, Location at) ->
                    fields.forEach(field -> bindPattern(field.value()));
            case Term.Scalar none -> {}
            case Term.Reference none -> {}
            case Term.SetLiteral none -> {}
            case Term.Call none -> {}
            case Term.ArrayComprehension none -> {}
            case Term.SetComprehension none -> {}
            case Term.ObjectComprehension none -> {}
            case Term.Template none -> {}
        }
    }

    private void unify(Term left, Term right) {
        if (isBound(left)) {
            bindPattern(right);
        } else if (isBound(right)) {
            bindPattern(left);
        } else if (left instanceof Term.ArrayLiteral(List<Term> mine, Location here)
                && right instanceof Term.ArrayLiteral(List<Term> theirs, Location there)
                && mine.size() == theirs.size()) {
            for (int i = 0; i < mine.size(); i++) {
                unify(mine.get(i), theirs.get(i));
            }
        } else if (left instanceof Term.ObjectLiteral mine
                && right instanceof Term.ObjectLiteral theirs) {
            for (Term.Field field : mine.fields()) {
                for (Term.Field other : theirs.fields()) {
                    if (isSameScalar(field.key(), other.key())) {
                        unify(field.value(), other.value());
                    }
                }
            }
        }
    }

    static boolean isSameScalar(Term left, Term right) {
        return left instanceof Term.Scalar mine
                && right instanceof Term.Scalar theirs
                && mine.value().equals(theirs.value());
    }
}
