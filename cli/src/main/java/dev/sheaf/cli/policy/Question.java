package dev.sheaf.cli.policy;

import dev.sheaf.rego.builtin.Builtins;
import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.syntax.Rule;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.StringValue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A query of which the values of its expressions are wanted too: each value gets a variable.
///
/// As with OPA, a single expression without loops may be false and the query defined all the same;
/// among several expressions, or where something is searched, what is false does not count.
///
/// @param body to be evaluated
/// @param asked the expressions as they are written, in their order
record Question(Body body, List<Asked> asked) {
    /// No name that a query could have.
    private static final String VARIABLE = "value ";

    /// @param variable what holds the value; empty for what is just true (`x := 1`, `not p`)
    record Asked(String text, Location at, Optional<String> variable) {}

    /// @param modules whose functions can be called
    /// @throws PolicyFault when it is no query
    static Question of(String text, RegoVersion version, List<Module> modules) {
        Body body = Parser.query(text, version);
        Map<String, Integer> arities = arities(modules);
        List<Expression> expressions = body.expressions();
        boolean isChecked =
                expressions.size() > 1 || TermSearch.searches(expressions.getFirst().kind());
        List<Expression> all = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            Expression expression = expressions.get(i);
            Optional<String> variable = Optional.empty();
            if (!expression.isNegated()
                    && expression.kind() instanceof Kind.Holds(Term term)
                    && hasValue(term, arities)) {
                String name = VARIABLE + i;
                Term holder = new Term.Variable(name, expression.at());
                all.add(
                        new Expression(
                                false,
                                new Kind.Unify(holder, term),
                                expression.withs(),
                                expression.at()));
                if (isChecked) {
                    all.add(
                            new Expression(
                                    false, new Kind.Holds(holder), List.of(), expression.at()));
                }
                variable = Optional.of(name);
            } else {
                all.add(expression);
            }
            asked.add(new Asked(written(text, expressions, i), expression.at(), variable));
        }
        return new Question(new Body(List.copyOf(all)), List.copyOf(asked));
    }

    static boolean isValue(String variable) {
        return variable.startsWith(VARIABLE);
    }

    /// From where the expression begins to where the next does.
    private static String written(String text, List<Expression> expressions, int index) {
        int begin = expressions.get(index).at().offset();
        int end =
                index + 1 < expressions.size()
                        ? expressions.get(index + 1).at().offset()
                        : text.length();
        String part = text.substring(begin, Math.max(begin, end)).strip();
        while (part.endsWith(";")) {
            part = part.substring(0, part.length() - 1).stripTrailing();
        }
        return part;
    }

    /// Every function by its path, with how many arguments it takes.
    private static Map<String, Integer> arities(List<Module> modules) {
        Map<String, Integer> arities = new HashMap<>();
        for (Module module : modules) {
            for (Rule rule : module.rules()) {
                rule.arguments()
                        .ifPresent(arguments -> {
                            List<String> path = new ArrayList<>(List.of("data"));
                            path.addAll(module.packagePath());
                            path.add(rule.name());
                            for (Term part : rule.path().subList(1, rule.path().size())) {
                                path.add(name(part).orElse(""));
                            }
                            arities.put(String.join(".", path), arguments.size());
                        });
            }
        }
        return arities;
    }

    /// Not where a call has its result as an argument more (`plus(1, 2, x)`), or has none.
    private static boolean hasValue(Term term, Map<String, Integer> arities) {
        if (!(term instanceof Term.Call call) || call.isInfix()) {
            return true;
        }
        String name = path(call.function());
        Integer arity =
                Builtins.find(name)
                        .map(builtin -> builtin.arguments().size())
                        .orElse(arities.get(name));
        return arity != null && arity == call.arguments().size();
    }

    private static String path(Term function) {
        if (function instanceof Term.Variable variable) {
            return variable.name();
        }
        if (function instanceof Term.Reference(Term head, List<Term> parts, Location at)) {
            List<String> names = new ArrayList<>(List.of(path(head)));
            parts.forEach(part -> names.add(name(part).orElse("")));
            return String.join(".", names);
        }
        return "";
    }

    private static Optional<String> name(Term part) {
        return part instanceof Term.Scalar scalar && scalar.value() instanceof StringValue text
                ? Optional.of(text.value())
                : Optional.empty();
    }
}
