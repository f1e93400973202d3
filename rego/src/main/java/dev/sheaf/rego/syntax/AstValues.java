package dev.sheaf.rego.syntax;

import dev.sheaf.rego.syntax.Expression.Kind;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Syntax trees as values, in the form of OPA's JSON: terms are objects of `type` and `value`,
/// calls are lists that begin with their operator.
public final class AstValues {
    private AstValues() {}

    public static ObjectValue module(Module module) {
        ObjectValue.Builder out = new ObjectValue.Builder();
        List<String> path = new ArrayList<>();
        path.add("data");
        path.addAll(module.packagePath());
        out.put("package", new ObjectValue.Builder().put("path", names(path)).build());
        if (!module.imports().isEmpty()) {
            out.put("imports", all(module.imports().stream().map(AstValues::importOf).toList()));
        }
        if (!module.rules().isEmpty()) {
            out.put("rules", all(module.rules().stream().<Value>map(AstValues::rule).toList()));
        }
        return out.build();
    }

    private static ArrayValue all(List<? extends Value> items) {
        return ArrayValue.of(items);
    }

    private static ArrayValue names(List<String> path) {
        List<Value> terms = new ArrayList<>();
        for (String name : path) {
            terms.add(typed(terms.isEmpty() ? "var" : "string", StringValue.of(name)));
        }
        return ArrayValue.of(terms);
    }

    private static Value importOf(Import each) {
        ObjectValue.Builder out = new ObjectValue.Builder();
        out.put("path", typed("ref", names(each.path())));
        each.alias().ifPresent(alias -> out.put("alias", StringValue.of(alias)));
        return out.build();
    }

    private static ObjectValue rule(Rule rule) {
        ObjectValue.Builder head = new ObjectValue.Builder();
        head.put("name", StringValue.of(rule.name()));
        head.put("ref", all(rule.path().stream().map(AstValues::term).toList()));
        rule.arguments().ifPresent(each -> head.put("args", terms(each)));
        rule.member().ifPresent(each -> head.put("key", term(each)));
        if (rule.member().isEmpty()) {
            head.put("value", term(rule.value()));
        }
        ObjectValue.Builder out = new ObjectValue.Builder();
        out.put("head", head.build());
        out.put("body", body(rule.body()));
        if (rule.isDefault()) {
            out.put("default", BooleanValue.TRUE);
        }
        rule.otherwise().ifPresent(next -> out.put("else", rule(next)));
        return out.build();
    }

    /// An empty body is true.
    private static ArrayValue body(Body body) {
        List<Expression> expressions = body.expressions();
        if (expressions.isEmpty()) {
            ObjectValue.Builder out = new ObjectValue.Builder();
            out.put("index", NumberValue.of(0));
            out.put("terms", typed("boolean", BooleanValue.TRUE));
            return ArrayValue.of(out.build());
        }
        List<Value> all = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            all.add(expression(expressions.get(i), i));
        }
        return ArrayValue.of(all);
    }

    private static Value expression(Expression expression, int index) {
        ObjectValue.Builder out = new ObjectValue.Builder();
        out.put("index", NumberValue.of(index));
        if (expression.isNegated()) {
            out.put("negated", BooleanValue.TRUE);
        }
        out.put("terms", said(expression.kind()));
        if (!expression.withs().isEmpty()) {
            List<Value> withs = new ArrayList<>();
            for (Expression.With with : expression.withs()) {
                ObjectValue.Builder one = new ObjectValue.Builder();
                one.put("target", term(with.target()));
                one.put("value", term(with.value()));
                withs.add(one.build());
            }
            out.put("with", all(withs));
        }
        return out.build();
    }

    private static Value said(Kind kind) {
        return switch (kind) {
            case Kind.Holds(Term.Call call) -> call(call);
            case Kind.Holds(Term term) -> term(term);
            case Kind.Assign(Term left, Term right) -> operation("assign", left, right);
            case Kind.Unify(Term left, Term right) -> operation("eq", left, right);
            case Kind.Some(List<Term.Variable> names) -> symbols(terms(names));
            case Kind.SomeIn(Optional<Term> key, Term value, Term collection) -> {
                List<Term> parts = new ArrayList<>();
                key.ifPresent(parts::add);
                parts.add(value);
                parts.add(collection);
                String name = key.isPresent() ? "internal.member_3" : "internal.member_2";
                yield symbols(
                        ArrayValue.of(typed("call", operation(name, parts.toArray(new Term[0])))));
            }
            case Kind.Every(Optional<Term> key, Term value, Term domain, Body body) -> {
                ObjectValue.Builder out = new ObjectValue.Builder();
                key.ifPresent(each -> out.put("key", term(each)));
                out.put("value", term(value));
                out.put("domain", term(domain));
                out.put("body", body(body));
                yield out.build();
            }
        };
    }

    private static Value symbols(ArrayValue symbols) {
        return new ObjectValue.Builder().put("symbols", symbols).build();
    }

    private static ArrayValue operation(String name, Term... operands) {
        List<Value> all = new ArrayList<>();
        all.add(typed("ref", names(Arrays.asList(name.split("\\.")))));
        for (Term operand : operands) {
            all.add(term(operand));
        }
        return ArrayValue.of(all);
    }

    private static ArrayValue call(Term.Call call) {
        List<Value> all = new ArrayList<>();
        all.add(
                call.function() instanceof Term.Variable name
                        ? typed("ref", names(Arrays.asList(name.name().split("\\."))))
                        : term(call.function()));
        call.arguments().forEach(each -> all.add(term(each)));
        return ArrayValue.of(all);
    }

    private static ArrayValue terms(List<? extends Term> terms) {
        return all(terms.stream().map(AstValues::term).toList());
    }

    private static ObjectValue typed(String type, Value value) {
        return new ObjectValue.Builder()
                .put("type", StringValue.of(type))
                .put("value", value)
                .build();
    }

    private static Value term(Term term) {
        return switch (term) {
            case Term.Scalar scalar -> typed(scalar.value().typeName(), scalar.value());
            case Term.Variable variable -> typed("var", StringValue.of(variable.name()));
            case Term.Reference(Term head, List<Term> path, Location at) -> {
                List<Value> all = new ArrayList<>();
                all.add(term(head));
                path.forEach(each -> all.add(term(each)));
                yield typed("ref", ArrayValue.of(all));
            }
            case Term.ArrayLiteral array -> typed("array", terms(array.items()));
            case Term.SetLiteral set -> typed("set", terms(set.items()));
            case Term.ObjectLiteral object ->
                    typed(
                            "object",
                            all(
                                    object.fields().stream()
                                            .map(field ->
                                                    ArrayValue.of(
                                                            term(field.key()), term(field.value())))
                                            .toList()));
            case Term.ArrayComprehension(Term head, Body body, Location at) ->
                    typed("arraycomprehension", comprehension(head, body));
            case Term.SetComprehension(Term head, Body body, Location at) ->
                    typed("setcomprehension", comprehension(head, body));
            case Term.ObjectComprehension(Term key, Term value, Body body, Location at) ->
                    typed(
                            "objectcomprehension",
                            new ObjectValue.Builder()
                                    .put("key", term(key))
                                    .put("value", term(value))
                                    .put("body", body(body))
                                    .build());
            case Term.Call call -> typed("call", call(call));
            case Term.Template(List<Term.Part> parts, Location at) ->
                    typed("templatestring", all(parts.stream().map(AstValues::part).toList()));
        };
    }

    private static Value comprehension(Term head, Body body) {
        return new ObjectValue.Builder().put("term", term(head)).put("body", body(body)).build();
    }

    private static Value part(Term.Part part) {
        return switch (part) {
            case Term.Part.Text(String text) -> typed("string", StringValue.of(text));
            case Term.Part.Hole(Expression expression) -> expression(expression, 0);
        };
    }
}
