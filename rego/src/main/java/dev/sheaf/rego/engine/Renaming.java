package dev.sheaf.rego.engine;

import dev.sheaf.rego.builtin.Builtins;
import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says what each name means: after it, variables have names of their own, rules and imports are
/// references that begin with `data` or `input`, and functions are either such references or the
/// names of built-in ones.
final class Renaming {
    /// Before the name of a built-in function that stands where a term could.
    static final String BUILTIN = "builtin:";

    private final ModuleNames names;
    private final Faults faults;

    /// What functions say that speak of the rule they stand in, by their names.
    private final Map<String, Value> constants;

    Renaming(ModuleNames names, Map<String, Value> constants, Faults faults) {
        this.names = names;
        this.constants = constants;
        this.faults = faults;
    }

    // --- bodies

    /// @param scope the body's own
    Body body(Body body, Scope scope) {
        return new Body(body.expressions().stream().map(each -> expression(each, scope)).toList());
    }

    private Expression expression(Expression expression, Scope scope) {
        // What is replaced is not seen by what replaces it.
        List<Expression.With> withs =
                expression.withs().stream().map(with -> with(with, scope)).toList();
        return new Expression(
                expression.isNegated(), kind(expression.kind(), scope), withs, expression.at());
    }

    private Kind kind(Kind kind, Scope scope) {
        return switch (kind) {
            case Kind.Holds(Term term) -> new Kind.Holds(term(term, scope));
            case Kind.Unify(Term left, Term right) ->
                    new Kind.Unify(term(left, scope), term(right, scope));
            case Kind.Assign(Term left, Term right) -> {
                Term value = term(right, scope);
                yield new Kind.Assign(declare(left, scope, "assigned"), value);
            }
            case Kind.Some(List<Term.Variable> variables) -> {
                variables.forEach(variable -> declare(variable, scope, "declared"));
                yield new Kind.Some(List.of());
            }
            case Kind.SomeIn(Optional<Term> key, Term value, Term collection) -> {
                Term from = term(collection, scope);
                yield new Kind.SomeIn(
                        key.map(each -> declare(each, scope, "declared")),
                        declare(value, scope, "declared"),
                        from);
            }
            case Kind.Every(Optional<Term> key, Term value, Term domain, Body body) -> {
                Term over = term(domain, scope);
                Scope own = scope.inner();
                Optional<Term> renamedKey = key.map(each -> declare(each, own, "declared"));
                Term renamedValue = declare(value, own, "declared");
                yield new Kind.Every(renamedKey, renamedValue, over, body(body, own.inner()));
            }
        };
    }

    /// A pattern whose variables are new.
    Term declare(Term pattern, Scope scope, String how) {
        return switch (pattern) {
            case Term.Variable variable -> declare(variable, scope, how);
            case Term.ArrayLiteral(List<Term> items, Location at) ->
                    new Term.ArrayLiteral(
                            items.stream().map(item -> declare(item, scope, how)).toList(), at);
            case Term.ObjectLiteral(List<Term.Field> fields, Location at) ->
                    new Term.ObjectLiteral(
                            fields.stream()
                                    .map(field ->
                                            new Term.Field(
                                                    term(field.key(), scope),
                                                    declare(field.value(), scope, how)))
                                    .toList(),
                            at);
            case Term.Scalar scalar -> scalar;
            case Term.Reference other -> cannotDeclare(other, scope, how);
            case Term.Call other -> cannotDeclare(other, scope, how);
            case Term.SetLiteral other -> cannotDeclare(other, scope, how);
            case Term.Template other -> cannotDeclare(other, scope, how);
            case Term.ArrayComprehension other -> cannotDeclare(other, scope, how);
            case Term.SetComprehension other -> cannotDeclare(other, scope, how);
            case Term.ObjectComprehension other -> cannotDeclare(other, scope, how);
        };
    }

    private Term cannotDeclare(Term pattern, Scope scope, String how) {
        if (how.equals("assigned")) {
            faults.add(
                    "rego_compile_error",
                    "cannot assign to this term",
                    pattern.at(),
                    "use = to compare, or put a name before :=");
        }
        return term(pattern, scope);
    }

    /// A variable among a function's arguments; the same name is the same variable.
    Term argument(Term.Variable variable, Scope scope) {
        if (variable.isWildcard()) {
            return new Term.Variable(scope.fresh("_"), variable.at());
        }
        String before = scope.find(variable.name());
        return new Term.Variable(
                before != null ? before : scope.declare(variable.name()), variable.at());
    }

    private Term declare(Term.Variable variable, Scope scope, String how) {
        if (variable.isWildcard()) {
            return new Term.Variable(scope.fresh("_"), variable.at());
        }
        if (scope.isDeclaredHere(variable.name())) {
            faults.add(
                    "rego_compile_error",
                    "var " + variable.name() + " " + how + " above",
                    variable.at(),
                    "each name is declared once in a body");
        } else if (scope.wasUsed(variable.name())) {
            faults.add(
                    "rego_compile_error",
                    "var " + variable.name() + " referenced above",
                    variable.at(),
                    "declare it before it is used");
        }
        return new Term.Variable(scope.declare(variable.name()), variable.at());
    }

    // --- terms

    Term term(Term term, Scope scope) {
        return switch (term) {
            case Term.Scalar scalar -> scalar;
            case Term.Variable variable -> variable(variable, scope);
            case Term.Reference(Term head, List<Term> path, Location at) ->
                    reference(head, path, at, scope);
            case Term.ArrayLiteral(List<Term> items, Location at) ->
                    new Term.ArrayLiteral(terms(items, scope), at);
            case Term.SetLiteral(List<Term> items, Location at) ->
                    new Term.SetLiteral(terms(items, scope), at);
            case Term.ObjectLiteral(List<Term.Field> fields, Location at) ->
                    new Term.ObjectLiteral(
                            fields.stream()
                                    .map(field ->
                                            new Term.Field(
                                                    term(field.key(), scope),
                                                    term(field.value(), scope)))
                                    .toList(),
                            at);
            case Term.ArrayComprehension(Term head, Body body, Location at) -> {
                Scope own = scope.inner();
                Body renamed = body(body, own);
                yield new Term.ArrayComprehension(term(head, own), renamed, at);
            }
            case Term.SetComprehension(Term head, Body body, Location at) -> {
                Scope own = scope.inner();
                Body renamed = body(body, own);
                yield new Term.SetComprehension(term(head, own), renamed, at);
            }
            case Term.ObjectComprehension(Term key, Term value, Body body, Location at) -> {
                Scope own = scope.inner();
                Body renamed = body(body, own);
                yield new Term.ObjectComprehension(term(key, own), term(value, own), renamed, at);
            }
            case Term.Call(Term function, List<Term> arguments, boolean isInfix, Location at) -> {
                String name = dotted(function);
                Value constant = name == null ? null : constants.get(name);
                yield constant != null && arguments.isEmpty()
                        ? new Term.Scalar(constant, at)
                        : new Term.Call(
                                function(function, scope), terms(arguments, scope), isInfix, at);
            }
            case Term.Template(List<Term.Part> parts, Location at) ->
                    new Term.Template(parts.stream().map(part -> part(part, scope)).toList(), at);
        };
    }

    private List<Term> terms(List<Term> terms, Scope scope) {
        return terms.stream().map(each -> term(each, scope)).toList();
    }

    /// A hole binds its value to a variable of its own.
    private Term.Part part(Term.Part part, Scope scope) {
        return switch (part) {
            case Term.Part.Text text -> text;
            case Term.Part.Hole(Expression expression) -> {
                Scope own = scope.inner();
                Expression renamed = expression(expression, own);
                if (!(renamed.kind() instanceof Kind.Holds(Term term))) {
                    throw new IllegalStateException("a hole holds a term");
                }
                Term result = new Term.Variable(scope.fresh("_"), term.at());
                yield new Term.Part.Hole(
                        new Expression(
                                false,
                                new Kind.Unify(result, term),
                                renamed.withs(),
                                renamed.at()));
            }
        };
    }

    private Term variable(Term.Variable variable, Scope scope) {
        if (variable.isWildcard()) {
            return new Term.Variable(scope.fresh("_"), variable.at());
        }
        String declared = scope.find(variable.name());
        if (declared != null) {
            if (!scope.isDeclaredHere(variable.name())) {
                scope.use(variable.name());
            }
            return new Term.Variable(declared, variable.at());
        }
        List<String> path = names.path(variable.name());
        if (path != null) {
            return reference(path, List.of(), variable.at());
        }
        scope.use(variable.name());
        return variable;
    }

    private static Term reference(List<String> path, List<Term> rest, Location at) {
        Term head = new Term.Variable(path.getFirst(), at);
        if (path.size() == 1 && rest.isEmpty()) {
            return head;
        }
        List<Term> all = new ArrayList<>();
        for (String part : path.subList(1, path.size())) {
            all.add(new Term.Scalar(StringValue.of(part), at));
        }
        all.addAll(rest);
        return new Term.Reference(head, List.copyOf(all), at);
    }

    private Term reference(Term head, List<Term> path, Location at, Scope scope) {
        List<Term> keys = terms(path, scope);
        Term start = term(head, scope);
        if (start instanceof Term.Reference(Term first, List<Term> before, Location place)) {
            List<Term> all = new ArrayList<>(before);
            all.addAll(keys);
            return new Term.Reference(first, List.copyOf(all), at);
        }
        return new Term.Reference(start, keys, at);
    }

    // --- functions

    /// @return a reference that begins with `data`, or a variable with the built-in function's name
    private Term function(Term function, Scope scope) {
        Term known = knownFunction(function, scope);
        if (known != null) {
            return known;
        }
        String name = dotted(function);
        boolean isKnown =
                name != null && (Builtins.find(name).isPresent() || name.equals(Calls.PRINT));
        if (!isKnown) {
            faults.add(
                    "rego_type_error",
                    "undefined function " + (name == null ? "" : name),
                    function.at(),
                    "");
        }
        return new Term.Variable(name == null ? "" : name, function.at());
    }

    private @Nullable Term knownFunction(Term function, Scope scope) {
        Term head = function instanceof Term.Reference reference ? reference.head() : function;
        if (!(head instanceof Term.Variable variable)) {
            return null;
        }
        boolean isLocal = scope.find(variable.name()) != null;
        if (!isLocal && names.path(variable.name()) == null && !variable.name().equals("data")) {
            return null;
        }
        return term(function, scope);
    }

    /// `a.b.c` of a name and strings; null for anything else.
    static @Nullable String dotted(Term term) {
        return switch (term) {
            case Term.Variable variable -> variable.name();
            case Term.Reference(Term.Variable head, List<Term> path, Location at) -> {
                StringBuilder name = new StringBuilder(head.name());
                for (Term part : path) {
                    if (!(part instanceof Term.Scalar(StringValue text, Location place))) {
                        yield null;
                    }
                    name.append('.').append(text.value());
                }
                yield name.toString();
            }
            case Term.Reference other -> null;
            case Term.Scalar other -> null;
            case Term.ArrayLiteral other -> null;
            case Term.SetLiteral other -> null;
            case Term.ObjectLiteral other -> null;
            case Term.ArrayComprehension other -> null;
            case Term.SetComprehension other -> null;
            case Term.ObjectComprehension other -> null;
            case Term.Call other -> null;
            case Term.Template other -> null;
        };
    }

    private Expression.With with(Expression.With with, Scope scope) {
        return new Expression.With(
                functionOr(with.target(), scope), functionOr(with.value(), scope), with.at());
    }

    /// The name of a built-in function, or a term like any other.
    private Term functionOr(Term term, Scope scope) {
        String name = dotted(term);
        if (name != null && knownFunction(term, scope) == null && Builtins.find(name).isPresent()) {
            return new Term.Variable(BUILTIN + name, term.at());
        }
        return term(term, scope);
    }
}
