package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A condition without which a rule does not hold: something of the input, or an argument, has a
/// certain value.
///
/// @param place where the value is looked up
record Guard(Place place, Value value) {
    /// Where a value is found before a rule is tried.
    sealed interface Place {
        /// @return null when there is nothing
        @Nullable Value get(Context context, Value[] arguments);

        record OfInput(List<StringValue> path) implements Place {
            @Override
            public @Nullable Value get(Context context, Value[] arguments) {
                Value value = context.input();
                for (int i = 0; i < path.size() && value != null; i++) {
                    value = Documents.select(value, path.get(i));
                }
                return value;
            }
        }

        record OfArgument(int index) implements Place {
            @Override
            public @Nullable Value get(Context context, Value[] arguments) {
                return arguments[index];
            }
        }
    }

    /// Those of renamed expressions that must all be true.
    static List<Guard> of(List<Expression> expressions, List<Term> arguments) {
        List<Guard> guards = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i) instanceof Term.Scalar scalar) {
                guards.add(new Guard(new Place.OfArgument(i), scalar.value()));
            }
        }
        for (Expression expression : expressions) {
            if (!expression.isNegated() && expression.withs().isEmpty()) {
                add(expression.kind(), guards);
            }
        }
        return guards;
    }

    private static void add(Kind kind, List<Guard> guards) {
        switch (kind) {
            case Kind.Holds(Term.Call call) -> {
                if (call.function() instanceof Term.Variable name && name.name().equals("equal")) {
                    add(call.arguments().getFirst(), call.arguments().get(1), guards);
                }
            }
            case Kind.Unify(Term left, Term right) -> add(left, right, guards);
            case Kind.Assign other -> {}
            case Kind.Holds other -> {}
            case Kind.Some other -> {}
            case Kind.SomeIn other -> {}
            case Kind.Every other -> {}
        }
    }

    private static void add(Term left, Term right, List<Guard> guards) {
        Place mine = place(left);
        Place theirs = place(right);
        if (mine != null && right instanceof Term.Scalar scalar) {
            guards.add(new Guard(mine, scalar.value()));
        } else if (theirs != null && left instanceof Term.Scalar scalar) {
            guards.add(new Guard(theirs, scalar.value()));
        }
    }

    private static @Nullable Place place(Term term) {
        if (!(term instanceof Term.Reference(Term.Variable head, List<Term> path, Location at))
                || !head.name().equals("input")) {
            return null;
        }
        List<StringValue> names = new ArrayList<>();
        for (Term part : path) {
            if (!(part instanceof Term.Scalar(StringValue name, Location place))) {
                return null;
            }
            names.add(name);
        }
        return new Place.OfInput(List.copyOf(names));
    }
}
