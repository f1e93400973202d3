package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.syntax.Rule;
import dev.sheaf.rego.syntax.Term;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Makes plans of the rules of one name.
final class RuleCompiler {
    private final Node node;
    private final Calls calls;
    private final Node root;
    private final Checks checks;
    private final Faults faults;
    private final Dependencies dependencies;

    RuleCompiler(Node node, Node root, Calls calls, Checks checks, Dependencies dependencies) {
        this.node = node;
        this.root = root;
        this.calls = calls;
        this.checks = checks;
        this.faults = checks.faults();
        this.dependencies = dependencies;
    }

    void compile() {
        RuleGroup.Kind kind = kind();
        List<RulePlan> plans = new ArrayList<>();
        RulePlan fallback = null;
        for (RuleSource source : node.sources()) {
            RulePlan plan = plan(source, source.rule(), kind);
            if (plan == null) {
                continue;
            }
            if (source.rule().isDefault()) {
                fallback = plan;
            } else {
                plans.add(plan);
            }
        }
        node.compiled(new RuleGroup(node, kind, plans, fallback));
    }

    private RuleGroup.Kind kind() {
        if (node.isFunction()) {
            return RuleGroup.Kind.FUNCTION;
        }
        List<RuleSource> sources = node.sources();
        if (sources.stream().anyMatch(source -> !source.keys().isEmpty())) {
            return RuleGroup.Kind.OBJECT;
        }
        return sources.getFirst().rule().member().isPresent()
                ? RuleGroup.Kind.SET
                : RuleGroup.Kind.VALUE;
    }

    /// Null when the rule is not right; that was reported.
    private @Nullable RulePlan plan(RuleSource source, Rule rule, RuleGroup.Kind kind) {
        RulePlan otherwise = rule.otherwise().map(next -> plan(source, next, kind)).orElse(null);
        int before = faults.size();
        if (rule.isDefault()) {
            requireConstant(rule);
        }
        Renaming renaming = new Renaming(source.names(), source.constants(), faults);
        Scope scope = Scope.ofRule();
        List<Term> arguments = new ArrayList<>();
        List<Expression> expressions = new ArrayList<>();
        for (Term argument : rule.arguments().orElse(List.of())) {
            arguments.add(argument(argument, renaming, scope, expressions));
        }
        List<Expression> all = new ArrayList<>(renaming.body(rule.body(), scope).expressions());
        all.addAll(expressions);
        Body body = new Body(all);
        List<Term> heads = new ArrayList<>();
        source.keys().forEach(key -> heads.add(renaming.term(key, scope)));
        heads.add(renaming.term(rule.member().orElse(rule.value()), scope));
        TermVisitor visitor =
                new TermVisitor(term -> {
                    dependencies.add(node, term);
                    checks.term(term);
                });
        visitor.visit(body);
        heads.forEach(visitor::visit);
        if (faults.size() > before) {
            return null;
        }
        Generator generator = new Generator(calls, root, faults, checks.isTraced());
        List<Step> chain = new ArrayList<>();
        List<Matcher> matchers = new ArrayList<>();
        arguments.forEach(argument -> matchers.add(generator.argument(argument, chain)));
        generator.body(body, heads, chain);
        heads.forEach(generator::requireSafe);
        if (faults.size() > before) {
            return null;
        }
        List<Getter> values = new ArrayList<>();
        heads.forEach(head -> values.add(generator.value(head, chain)));
        Getter last = values.getLast();
        chain.add(end(rule, kind, values));
        return new RulePlan(
                generator.slotCount(),
                generator.collectorCount(),
                matchers.toArray(new Matcher[0]),
                new RuleBody(Generator.link(chain), checks.runsBeforeWeaving()),
                kind == RuleGroup.Kind.VALUE || kind == RuleGroup.Kind.FUNCTION
                        ? last.constant()
                        : null,
                otherwise,
                node.path(),
                otherwise == null ? Guard.of(body.expressions(), arguments) : List.of(),
                rule.at());
    }

    /// A default holds whatever the input: it cannot look anything up.
    private void requireConstant(Rule rule) {
        new TermVisitor(
                        term -> {
                            String what =
                                    term instanceof Term.Reference
                                            ? "ref"
                                            : term instanceof Term.Variable
                                                    ? "var"
                                                    : term instanceof Term.Call ? "call" : "";
                            if (!what.isEmpty()) {
                                faults.add(
                                        "rego_parse_error",
                                        "illegal default rule (value cannot contain " + what + ")",
                                        term.at(),
                                        "write a value that stands for itself");
                            }
                        })
                .visit(constantPart(rule.value()));
    }

    /// Comprehensions may stand in defaults, and may look things up.
    private static Term constantPart(Term value) {
        boolean isComprehension =
                value instanceof Term.ArrayComprehension
                        || value instanceof Term.SetComprehension
                        || value instanceof Term.ObjectComprehension;
        return isComprehension ? new Term.ArrayLiteral(List.of(), value.at()) : value;
    }

    private static Step end(Rule rule, RuleGroup.Kind kind, List<Getter> values) {
        Getter last = values.getLast();
        return switch (kind) {
            case VALUE -> new Steps.ValueEnd(last, false, rule.at());
            case FUNCTION -> new Steps.ValueEnd(last, true, rule.at());
            case SET -> new Steps.SetEnd(0, last);
            case OBJECT ->
                    new Steps.PartEnd(
                            values.subList(0, values.size() - 1),
                            last,
                            rule.member().isPresent(),
                            rule.at());
        };
    }

    /// An argument's pattern; what is none is compared in the body.
    private static Term argument(
            Term argument, Renaming renaming, Scope scope, List<Expression> expressions) {
        return switch (argument) {
            case Term.Variable variable -> renaming.argument(variable, scope);
            case Term.Scalar scalar -> scalar;
            case Term.ArrayLiteral array ->
                    new Term.ArrayLiteral(
                            array.items().stream()
                                    .map(item -> argument(item, renaming, scope, expressions))
                                    .toList(),
                            array.at());
            case Term.ObjectLiteral object ->
                    new Term.ObjectLiteral(
                            object.fields().stream()
                                    .map(field ->
                                            new Term.Field(
                                                    renaming.term(field.key(), scope),
                                                    argument(
                                                            field.value(),
                                                            renaming,
                                                            scope,
                                                            expressions)))
                                    .toList(),
                            object.at());
            case Term.Reference other -> compared(other, renaming, scope, expressions);
            case Term.Call other -> compared(other, renaming, scope, expressions);
            case Term.SetLiteral other -> compared(other, renaming, scope, expressions);
            case Term.Template other -> compared(other, renaming, scope, expressions);
            case Term.ArrayComprehension other -> compared(other, renaming, scope, expressions);
            case Term.SetComprehension other -> compared(other, renaming, scope, expressions);
            case Term.ObjectComprehension other -> compared(other, renaming, scope, expressions);
        };
    }

    private static Term compared(
            Term argument, Renaming renaming, Scope scope, List<Expression> expressions) {
        Term variable = new Term.Variable(scope.fresh("argument"), argument.at());
        expressions.add(
                new Expression(
                        false,
                        new Kind.Unify(variable, renaming.term(argument, scope)),
                        List.of(),
                        argument.at()));
        return variable;
    }
}
