package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Puts the expressions of a body into an order in which each has what it needs: the first that is
/// ready comes next.
final class Ordering {
    private final Calls calls;
    private final Faults faults;

    Ordering(Calls calls, Faults faults) {
        this.calls = calls;
        this.faults = faults;
    }

    /// @param expressions in the order to evaluate them
    /// @param bound after the last of them
    record Ordered(List<Expression> expressions, Set<String> bound) {}

    /// @param outside the variables that are bound before
    /// @param heads what is made of the body's variables
    Ordered order(Body body, Set<String> outside, Set<String> heads) {
        Set<String> around = new HashSet<>(outside);
        around.addAll(heads);
        List<Variables> variables = body.expressions().stream().map(Variables::of).toList();
        variables.forEach(each -> around.addAll(each.open()));
        Set<String> bound = new HashSet<>(outside);
        List<Expression> ordered = new ArrayList<>();
        List<Integer> waiting = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            waiting.add(i);
        }
        while (!waiting.isEmpty()) {
            int next = ready(body, waiting, variables, bound, around);
            if (next < 0) {
                report(body, waiting, variables, bound, around);
                return new Ordered(List.of(), around);
            }
            Expression expression = body.expressions().get(next);
            ordered.add(expression);
            bound = Binding.after(expression, bound, calls);
            waiting.remove(Integer.valueOf(next));
        }
        return new Ordered(ordered, bound);
    }

    private int ready(
            Body body,
            List<Integer> waiting,
            List<Variables> variables,
            Set<String> bound,
            Set<String> around) {
        for (int index : waiting) {
            Expression expression = body.expressions().get(index);
            Set<String> after = Binding.after(expression, bound, calls);
            if (after.containsAll(variables.get(index).open())
                    && bound.containsAll(closedNeeds(variables.get(index), around))) {
                return index;
            }
        }
        return -1;
    }

    /// What closures see of the body around them must be bound before the expression.
    private static Set<String> closedNeeds(Variables variables, Set<String> around) {
        Set<String> needs = new HashSet<>(variables.closed());
        needs.retainAll(around);
        return needs;
    }

    private void report(
            Body body,
            List<Integer> waiting,
            List<Variables> variables,
            Set<String> bound,
            Set<String> around) {
        for (int index : waiting) {
            Expression expression = body.expressions().get(index);
            Set<String> missing = new TreeSet<>(variables.get(index).needed(around));
            missing.removeAll(Binding.after(expression, bound, calls));
            if (expression.isNegated()) {
                missing.removeAll(bound);
            }
            for (String name : missing) {
                unsafe(name, expression.at());
            }
        }
    }

    void unsafe(String name, dev.sheaf.rego.syntax.Location at) {
        String written = Scope.written(name);
        faults.add(
                "rego_unsafe_var_error",
                "var " + written + " is unsafe",
                at,
                "bind it in an expression that is not negated, for example: some "
                        + (written.equals("_") ? "x" : written)
                        + " in …");
    }
}
