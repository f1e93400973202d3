package dev.sheaf.rego.syntax;

import dev.sheaf.rego.value.BooleanValue;

import java.util.List;
import java.util.Optional;

/// A rule's head as it is written, before it is known what it means: `p[x]` is a set in v0 and an
/// object of trues behind `if`.
record RuleHead(
        List<Term> path,
        Optional<List<Term>> arguments,
        Optional<Term> member,
        Optional<Term> value,
        Location at) {
    String name() {
        return ((Term.Variable) path.getFirst()).name();
    }

    /// A rule without a body says something only when it has a value.
    void requireValue(boolean isStrict) {
        if (value.isPresent() || member.isPresent()) {
            return;
        }
        boolean isOldSet = !isStrict && path.size() > 1 && arguments.isEmpty();
        if (!isOldSet) {
            throw new Lexer.Fault(
                    path.size() == 1 && arguments.isEmpty()
                            ? "var cannot be used for rule name"
                            : "`contains` keyword is required for partial set rules, and a value or"
                                    + " a body for others",
                    at,
                    "write " + name() + " := value, or " + name() + " if { … }");
        }
    }

    Rule rule(boolean hasIf, boolean hasBody, Body body, Optional<Rule> otherwise) {
        boolean isOldSet =
                !hasIf
                        && member.isEmpty()
                        && value.isEmpty()
                        && arguments.isEmpty()
                        && path.size() == 2;
        return new Rule(
                isOldSet ? path.subList(0, 1) : path,
                arguments,
                isOldSet ? Optional.of(path.get(1)) : member,
                value.orElse(new Term.Scalar(BooleanValue.TRUE, at)),
                false,
                hasBody,
                body,
                otherwise,
                List.of(),
                at);
    }
}
