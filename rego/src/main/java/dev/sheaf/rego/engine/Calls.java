package dev.sheaf.rego.engine;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.Builtins;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.StringValue;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// What renamed calls call.
final class Calls {
    static final String PRINT = "print";

    private final Node root;

    Calls(Node root) {
        this.root = root;
    }

    /// The node that a reference of `data` and strings names; null when there is none.
    @Nullable Node node(Term term) {
        if (!(term instanceof Term.Reference(Term.Variable head, List<Term> path, var at))
                || !head.name().equals("data")) {
            return null;
        }
        Node node = root;
        for (Term part : path) {
            if (!(part instanceof Term.Scalar(StringValue name, var place))) {
                return null;
            }
            node = node.child(name.value());
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    /// The function that is called; null for a built-in one.
    @Nullable Node function(Term.Call call) {
        Node node = node(call.function());
        return node != null && node.isFunction() ? node : null;
    }

    Optional<Builtin> builtin(Term.Call call) {
        return call.function() instanceof Term.Variable name
                ? Builtins.find(name.name())
                : Optional.empty();
    }

    Optional<Builtin> builtinNamed(String name) {
        return Builtins.find(name);
    }

    String name(Term.Call call) {
        Node node = function(call);
        return node != null ? node.path() : builtin(call).map(Builtin::name).orElse("");
    }

    /// `print` takes any number of arguments, undefined ones too.
    boolean isPrint(Term.Call call) {
        return call.function() instanceof Term.Variable name && name.name().equals(PRINT);
    }

    /// How many arguments the function takes, or -1 when there is no such function.
    int arity(Term.Call call) {
        Node node = function(call);
        if (node != null) {
            return node.sources().getFirst().rule().arguments().orElseThrow().size();
        }
        return builtin(call).map(Builtin::arity).orElse(-1);
    }

    /// Whether the last argument is held against the result: `f(x, y)` for `f(x) = y`.
    boolean hasResultArgument(Term.Call call) {
        int arity = arity(call);
        return arity >= 0 && call.arguments().size() == arity + 1;
    }
}
