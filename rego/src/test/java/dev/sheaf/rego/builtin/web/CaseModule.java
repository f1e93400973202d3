package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Computes `data.<package>.p` of a case whose module has calls, literals and references only.
final class CaseModule {
    /// The module has something that this reader does not know.
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String what) {
            super(what);
        }
    }

    private sealed interface Term {
        record Literal(Value value) implements Term {}

        record Name(String name) implements Term {}

        record Path(Term base, List<Term> steps) implements Term {}

        record Call(String function, List<Term> arguments) implements Term {}

        record Items(List<Term> items, boolean isSet) implements Term {}

        record Fields(List<Term> keys, List<Term> values) implements Term {}

        /// An array of what the body lets the head be.
        record Each(Term head, List<Statement> body) implements Term {}
    }

    /// @param isMembership whether the left one is to be each item of the right one
    private record Statement(
            boolean isNegated, Term left, @Nullable Term right, boolean isMembership) {}

    private record Rule(boolean isSet, Term value, List<Statement> body) {}

    private static final Map<String, Builtin> FUNCTIONS = functions();

    private final List<String> tokens;
    private final Map<String, Rule> rules = new HashMap<>();
    private final Value input;
    private final @Nullable ObjectValue data;
    private final Surroundings surroundings;
    private final boolean isStrict;
    private int at;

    CaseModule(
            String source,
            Value input,
            @Nullable ObjectValue data,
            boolean isStrict,
            Surroundings surroundings) {
        this.tokens = CaseTokens.of(source);
        this.input = input;
        this.data = data;
        this.isStrict = isStrict;
        this.surroundings = surroundings;
        read();
    }

    private static Map<String, Builtin> functions() {
        Map<String, Builtin> all = new HashMap<>();
        WebBuiltins.all().forEach(builtin -> all.put(builtin.name(), builtin));
        List<Builtin> besides =
                List.of(
                        Builtin.of(
                                "count",
                                "array -> number",
                                (arguments, world) ->
                                        NumberValue.of(((ArrayValue) arguments[0]).size())),
                        Builtin.of(
                                "time.now_ns",
                                "-> number",
                                (arguments, world) -> NumberValue.of(world.nowNanos())),
                        Builtin.of(
                                "base64url.encode_no_pad",
                                "string -> string",
                                (arguments, world) ->
                                        StringValue.of(
                                                Base64.getUrlEncoder()
                                                        .withoutPadding()
                                                        .encodeToString(
                                                                ((StringValue) arguments[0])
                                                                        .value()
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8)))));
        besides.forEach(builtin -> all.put(builtin.name(), builtin));
        return all;
    }

    private String peek() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    private boolean skip(String token) {
        if (peek().equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!skip(token)) {
            throw new Unreadable(token + " expected, not " + peek());
        }
    }

    private void skipLineEnds() {
        while (at < tokens.size() && (peek().equals("\n") || peek().equals(";"))) {
            at++;
        }
    }

    private void read() {
        skipLineEnds();
        while (at < tokens.size()) {
            String name = tokens.get(at++);
            if (name.equals("package") || name.equals("import")) {
                while (!skip("\n")) {
                    at++;
                }
            } else {
                readRule(name);
            }
            skipLineEnds();
        }
    }

    private void readRule(String name) {
        boolean isSet = skip("contains");
        Term value = new Term.Literal(BooleanValue.TRUE);
        if (isSet || skip(":=") || skip("=")) {
            value = term();
        }
        List<Statement> body = new ArrayList<>();
        if (skip("if")) {
            if (skip("{")) {
                skipLineEnds();
                while (!skip("}")) {
                    body.add(statement());
                    skipLineEnds();
                }
            } else {
                body.add(statement());
            }
        }
        rules.put(name, new Rule(isSet, value, body));
    }

    private Statement statement() {
        boolean isNegated = skip("not");
        boolean isMembership = skip("some");
        Term left = term();
        boolean hasRight = skip(isMembership ? "in" : ":=") || skip("=") || skip("==");
        Statement statement =
                new Statement(isNegated, left, hasRight ? term() : null, isMembership);
        if (!List.of("\n", "}", ";", "]").contains(peek())) {
            throw new Unreadable("a statement with " + peek());
        }
        return statement;
    }

    private Term term() {
        skipNewLines();
        String token = tokens.get(at++);
        if (token.startsWith("\"")) {
            return new Term.Literal(StringValue.of(token.substring(1)));
        }
        if (Character.isDigit(token.charAt(0))) {
            return new Term.Literal(NumberValue.parse(token));
        }
        return switch (token) {
            case "true" -> new Term.Literal(BooleanValue.TRUE);
            case "false" -> new Term.Literal(BooleanValue.FALSE);
            case "null" -> new Term.Literal(NullValue.NULL);
            case "[" -> brackets();
            case "{" -> braces();
            default -> {
                if (!Character.isLetter(token.charAt(0)) && token.charAt(0) != '_') {
                    throw new Unreadable("a term with " + token);
                }
                yield reference(token);
            }
        };
    }

    private void skipNewLines() {
        while (peek().equals("\n")) {
            at++;
        }
    }

    private List<Term> items(String end) {
        List<Term> items = new ArrayList<>();
        skipNewLines();
        while (!skip(end)) {
            items.add(term());
            skipNewLines();
            if (!peek().equals(end)) {
                expect(",");
                skipNewLines();
            }
        }
        return items;
    }

    private Term brackets() {
        int start = at;
        skipNewLines();
        Term head = peek().equals("]") ? null : term();
        if (head == null || !skip("|")) {
            at = start;
            return new Term.Items(items("]"), false);
        }
        List<Statement> body = new ArrayList<>();
        skipLineEnds();
        while (!skip("]")) {
            body.add(statement());
            skipLineEnds();
        }
        return new Term.Each(head, body);
    }

    private Term braces() {
        skipNewLines();
        List<Term> keys = new ArrayList<>();
        List<Term> values = new ArrayList<>();
        while (!skip("}")) {
            keys.add(term());
            skipNewLines();
            if (skip(":")) {
                values.add(term());
                skipNewLines();
            }
            if (!peek().equals("}")) {
                expect(",");
                skipNewLines();
            }
        }
        return keys.size() == values.size()
                ? new Term.Fields(keys, values)
                : new Term.Items(keys, true);
    }

    private Term reference(String first) {
        StringBuilder name = new StringBuilder(first);
        List<Term> steps = new ArrayList<>();
        boolean isCalled = false;
        Term base = new Term.Name(first);
        while (true) {
            if (skip(".")) {
                String step = tokens.get(at++);
                name.append('.').append(step);
                steps.add(new Term.Literal(StringValue.of(step)));
            } else if (peek().equals("[") && !first.equals("if")) {
                at++;
                steps.add(term());
                expect("]");
            } else if (!isCalled && skip("(")) {
                isCalled = true;
                List<Term> arguments = items(")");
                base =
                        name.toString().equals("set")
                                ? new Term.Items(arguments, true)
                                : new Term.Call(name.toString(), arguments);
                steps.clear();
            } else {
                return steps.isEmpty() ? base : new Term.Path(base, steps);
            }
        }
    }

    /// @return null when it is undefined
    @Nullable Value rule(String name) {
        Rule rule = rules.get(name);
        if (rule == null) {
            throw new Unreadable("no rule " + name);
        }
        Map<String, Value> names = new HashMap<>();
        for (Statement statement : rule.body) {
            if (!holds(statement, names)) {
                return rule.isSet ? SetValue.EMPTY : null;
            }
        }
        Value value = value(rule.value, names);
        return rule.isSet && value != null ? SetValue.of(value) : value;
    }

    private boolean holds(Statement statement, Map<String, Value> names) {
        if (statement.isNegated) {
            return !holds(new Statement(false, statement.left, statement.right, false), names);
        }
        if (statement.right == null) {
            Value value = value(statement.left, names);
            return value != null && value.isTrue();
        }
        if (isPattern(statement.left, names)) {
            Value right = value(statement.right, names);
            return right != null && matches(statement.left, right, names);
        }
        Value left = value(statement.left, names);
        return left != null && matches(statement.right, left, names);
    }

    private boolean isPattern(Term term, Map<String, Value> names) {
        return switch (term) {
            case Term.Name name -> !names.containsKey(name.name) && !rules.containsKey(name.name);
            case Term.Items items -> items.items.stream().anyMatch(item -> isPattern(item, names));
            default -> false;
        };
    }

    private boolean matches(Term pattern, Value value, Map<String, Value> names) {
        if (!isPattern(pattern, names)) {
            return value.equals(value(pattern, names));
        }
        if (pattern instanceof Term.Name name) {
            if (!name.name.equals("_")) {
                names.put(name.name, value);
            }
            return true;
        }
        List<Term> items = ((Term.Items) pattern).items;
        if (!(value instanceof ArrayValue array) || array.size() != items.size()) {
            return false;
        }
        for (int i = 0; i < items.size(); i++) {
            if (!matches(items.get(i), array.get(i), names)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Value value(Term term, Map<String, Value> names) {
        switch (term) {
            case Term.Literal literal -> {
                return literal.value;
            }
            case Term.Name name -> {
                Value known = names.get(name.name);
                return known != null ? known : name.name.equals("input") ? input : rule(name.name);
            }
            case Term.Path path -> {
                return path(path, names);
            }
            case Term.Call call -> {
                return call(call, names);
            }
            case Term.Each each -> {
                List<Value> found = new ArrayList<>();
                collect(each, 0, names, found);
                return ArrayValue.of(found);
            }
            case Term.Items items -> {
                List<Value> values = values(items.items, names);
                return values == null
                        ? null
                        : items.isSet ? SetValue.of(values) : ArrayValue.of(values);
            }
            case Term.Fields fields -> {
                List<Value> keys = values(fields.keys, names);
                List<Value> values = values(fields.values, names);
                if (keys == null || values == null) {
                    return null;
                }
                ObjectValue.Builder object = new ObjectValue.Builder();
                for (int i = 0; i < keys.size(); i++) {
                    object.put(keys.get(i), values.get(i));
                }
                return object.build();
            }
        }
    }

    private @Nullable List<Value> values(List<Term> terms, Map<String, Value> names) {
        List<Value> values = new ArrayList<>();
        for (Term term : terms) {
            Value value = value(term, names);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    private void collect(
            Term.Each each, int statement, Map<String, Value> names, List<Value> found) {
        if (statement == each.body.size()) {
            Value value = value(each.head, names);
            if (value != null) {
                found.add(value);
            }
            return;
        }
        Statement next = each.body.get(statement);
        for (Value choice : choices(next, names)) {
            Map<String, Value> inner = new HashMap<>(names);
            if (matches(next.left, choice, inner)) {
                collect(each, statement + 1, inner, found);
            }
        }
    }

    /// What the right side of a statement may be.
    private List<Value> choices(Statement statement, Map<String, Value> names) {
        Term right = statement.right;
        if (right == null) {
            throw new Unreadable("a statement without a right side in brackets");
        }
        if (statement.isMembership) {
            return value(right, names) instanceof ArrayValue array ? array.items() : List.of();
        }
        if (right instanceof Term.Path path
                && path.steps.getFirst() instanceof Term.Name any
                && any.name.equals("_")) {
            List<Value> choices = new ArrayList<>();
            if (value(path.base, names) instanceof ArrayValue array) {
                List<Term> rest = path.steps.subList(1, path.steps.size());
                for (Value item : array.items()) {
                    Value one = path(new Term.Path(new Term.Literal(item), rest), names);
                    if (one != null) {
                        choices.add(one);
                    }
                }
            }
            return choices;
        }
        Value value = value(right, names);
        return value == null ? List.of() : List.of(value);
    }

    private @Nullable Value path(Term.Path path, Map<String, Value> names) {
        int first = 0;
        Value current;
        if (path.base instanceof Term.Name name && name.name.equals("data")) {
            first = 1;
            Value head = value(path.steps.getFirst(), names);
            current = data == null || head == null ? null : data.get(head);
            if (current == null) {
                first = 2;
                current =
                        value(path.steps.get(1), names) instanceof StringValue ruleName
                                ? rule(ruleName.value())
                                : null;
            }
        } else {
            current = value(path.base, names);
        }
        for (int i = first; i < path.steps.size() && current != null; i++) {
            Value step = value(path.steps.get(i), names);
            current =
                    switch (current) {
                        case ObjectValue object when step != null -> object.get(step);
                        case ArrayValue array when step != null -> array.find(step);
                        default -> null;
                    };
        }
        return current;
    }

    private @Nullable Value call(Term.Call call, Map<String, Value> names) {
        Builtin function = FUNCTIONS.get(call.function);
        if (function == null) {
            throw new Unreadable("function " + call.function);
        }
        List<Value> arguments = values(call.arguments.subList(0, function.arity()), names);
        if (arguments == null) {
            return null;
        }
        Value result;
        try {
            result = function.call(arguments.toArray(new Value[0]), surroundings);
        } catch (BuiltinFault fault) {
            if (isStrict) {
                throw fault;
            }
            return null;
        }
        if (result == null || call.arguments.size() == function.arity()) {
            return result;
        }
        return BooleanValue.of(matches(call.arguments.getLast(), result, names));
    }
}
