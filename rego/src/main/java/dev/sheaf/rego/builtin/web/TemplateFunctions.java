package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.GoQuotedText;
import dev.sheaf.rego.builtin.web.TemplateValue.Given;
import dev.sheaf.rego.builtin.web.TemplateValue.Real;
import dev.sheaf.rego.builtin.web.TemplateValue.Whole;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;

/// The functions that every template of Go's has. `and` and `or` are not among them: they do not
/// look at all their arguments.
final class TemplateFunctions {
    private static final Map<String, Function<List<TemplateValue>, TemplateValue>> ALL =
            Map.ofEntries(
                    Map.entry("not", arguments -> TemplateValue.of(!one(arguments).isTrue())),
                    Map.entry("len", arguments -> length(one(arguments))),
                    Map.entry("index", TemplateFunctions::index),
                    Map.entry("slice", TemplateFunctions::slice),
                    Map.entry("print", arguments -> TemplateValue.of(print(arguments))),
                    Map.entry("println", TemplateFunctions::printLine),
                    Map.entry("printf", TemplateFunctions::printFormatted),
                    Map.entry("html", arguments -> TemplateValue.of(html(print(arguments)))),
                    Map.entry("js", arguments -> TemplateValue.of(script(print(arguments)))),
                    Map.entry(
                            "urlquery",
                            arguments ->
                                    TemplateValue.of(
                                            URLEncoder.encode(
                                                    print(arguments), StandardCharsets.UTF_8))),
                    Map.entry("call", arguments -> notCallable(arguments)),
                    Map.entry("eq", TemplateFunctions::equal),
                    Map.entry("ne", TemplateFunctions::notEqual),
                    Map.entry("lt", arguments -> ordered(arguments, order -> order < 0)),
                    Map.entry("le", arguments -> ordered(arguments, order -> order <= 0)),
                    Map.entry("gt", arguments -> ordered(arguments, order -> order > 0)),
                    Map.entry("ge", arguments -> ordered(arguments, order -> order >= 0)));

    private TemplateFunctions() {}

    static boolean has(String name) {
        return ALL.containsKey(name) || name.equals("and") || name.equals("or");
    }

    /// @throws BuiltinFault when the arguments are not right
    static TemplateValue call(String name, List<TemplateValue> arguments) {
        Function<List<TemplateValue>, TemplateValue> function = ALL.get(name);
        if (function == null) {
            throw BuiltinFault.of("function %s not defined", GoQuotedText.of(name));
        }
        return function.apply(arguments);
    }

    private static TemplateValue one(List<TemplateValue> arguments) {
        if (arguments.size() != 1) {
            throw BuiltinFault.of("wrong number of args: want 1 got %d", arguments.size());
        }
        return arguments.getFirst();
    }

    private static TemplateValue notCallable(List<TemplateValue> arguments) {
        throw BuiltinFault.of(
                "error calling call: non-function of type %s",
                arguments.isEmpty() ? "<nil>" : arguments.getFirst().typeName());
    }

    private static TemplateValue length(TemplateValue value) {
        if (value instanceof Given given) {
            switch (given.value()) {
                case StringValue text -> {
                    return new Whole(text.value().getBytes(StandardCharsets.UTF_8).length);
                }
                case NumberValue number -> {
                    return new Whole(number.toString().length());
                }
                case ArrayValue array -> {
                    return new Whole(array.size());
                }
                case SetValue set -> {
                    return new Whole(set.size());
                }
                case ObjectValue object -> {
                    return new Whole(object.size());
                }
                case NullValue none -> {}
                case BooleanValue bool -> {}
            }
        }
        throw BuiltinFault.of(
                value.isNil()
                        ? "error calling len: len of nil pointer"
                        : "error calling len: len of type " + value.typeName());
    }

    private static TemplateValue index(List<TemplateValue> arguments) {
        if (arguments.isEmpty()) {
            throw BuiltinFault.of("wrong number of args for index: want at least 1 got 0");
        }
        TemplateValue current = arguments.getFirst();
        for (TemplateValue key : arguments.subList(1, arguments.size())) {
            current = item(current, key);
        }
        return current;
    }

    private static TemplateValue item(TemplateValue container, TemplateValue key) {
        String start = "error calling index: ";
        if (container.isNil()) {
            throw BuiltinFault.of(start + "index of untyped nil");
        }
        Value value = container instanceof Given given ? given.value() : NullValue.NULL;
        switch (value) {
            case ObjectValue object -> {
                if (!(key instanceof Given given) || !(given.value() instanceof StringValue)) {
                    throw BuiltinFault.of(
                            start + "value has type %s; should be string", key.typeName());
                }
                Value found = object.get(given.value());
                return found == null ? TemplateValue.NONE : new Given(found);
            }
            case ArrayValue array -> {
                return new Given(array.get(place(key, array.size(), start)));
            }
            case SetValue set -> {
                return new Given(set.get(place(key, set.size(), start)));
            }
            case StringValue text -> {
                byte[] bytes = text.value().getBytes(StandardCharsets.UTF_8);
                return new Whole(bytes[place(key, bytes.length, start)] & 0xff);
            }
            case NumberValue number -> {
                byte[] bytes = number.toString().getBytes(StandardCharsets.UTF_8);
                return new Whole(bytes[place(key, bytes.length, start)] & 0xff);
            }
            case NullValue none ->
                    throw BuiltinFault.of(
                            start + "can't index item of type " + container.typeName());
            case BooleanValue bool ->
                    throw BuiltinFault.of(start + "can't index item of type bool");
        }
    }

    private static int place(TemplateValue key, int size, String start) {
        if (key.isNil()) {
            throw BuiltinFault.of(start + "cannot index slice/array with nil");
        }
        if (!(key instanceof Whole(long place))) {
            throw BuiltinFault.of(start + "cannot index slice/array with type " + key.typeName());
        }
        if (place < 0 || place >= size) {
            throw BuiltinFault.of(start + "index out of range: " + place);
        }
        return (int) place;
    }

    private static TemplateValue slice(List<TemplateValue> arguments) {
        String start = "error calling slice: ";
        if (arguments.isEmpty() || arguments.size() > 3) {
            throw BuiltinFault.of(start + "wrong number of args");
        }
        Value value = arguments.getFirst() instanceof Given given ? given.value() : NullValue.NULL;
        int size =
                switch (value) {
                    case ArrayValue array -> array.size();
                    case StringValue text -> text.value().getBytes(StandardCharsets.UTF_8).length;
                    default ->
                            throw BuiltinFault.of(
                                    start
                                            + "can't slice item of type "
                                            + arguments.getFirst().typeName());
                };
        int from = arguments.size() > 1 ? place(arguments.get(1), size + 1, start) : 0;
        int to = arguments.size() > 2 ? place(arguments.get(2), size + 1, start) : size;
        if (from > to) {
            throw BuiltinFault.of(start + "invalid slice index: %d > %d", from, to);
        }
        if (value instanceof ArrayValue array) {
            return new Given(array.slice(from, to));
        }
        byte[] bytes = ((StringValue) value).value().getBytes(StandardCharsets.UTF_8);
        return TemplateValue.of(
                new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.UTF_8));
    }

    /// A space stands between two neighbours of which none is a text.
    private static String print(List<TemplateValue> arguments) {
        StringBuilder out = new StringBuilder();
        boolean isAfterText = true;
        for (TemplateValue argument : arguments) {
            if (!isAfterText && !argument.isText()) {
                out.append(' ');
            }
            out.append(argument.text());
            isAfterText = argument.isText();
        }
        return out.toString();
    }

    private static TemplateValue printLine(List<TemplateValue> arguments) {
        List<String> texts = arguments.stream().map(TemplateValue::text).toList();
        return TemplateValue.of(String.join(" ", texts) + "\n");
    }

    private static TemplateValue printFormatted(List<TemplateValue> arguments) {
        if (arguments.isEmpty()) {
            throw BuiltinFault.of("wrong number of args for printf: want at least 1 got 0");
        }
        TemplateValue format = arguments.getFirst();
        if (!(format instanceof Given given) || !(given.value() instanceof StringValue text)) {
            throw BuiltinFault.of(
                    "wrong type for value; expected string; got %s", format.typeName());
        }
        return TemplateValue.of(
                GoFormat.format(text.value(), arguments.subList(1, arguments.size())));
    }

    private static String html(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case 0 -> out.append('\ufffd');
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static String script(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '\\' -> out.append("\\\\");
                        case '\'' -> out.append("\\'");
                        case '"' -> out.append("\\\"");
                        case '<', '>', '&', '=' -> out.append(String.format("\\u%04X", c));
                        default -> {
                            if (c < 0x20 || c == 0x7f) {
                                out.append(String.format("\\u%04X", c));
                            } else {
                                out.appendCodePoint(c);
                            }
                        }
                    }
                });
        return out.toString();
    }

    private enum Basic {
        NONE,
        BOOLEAN,
        WHOLE,
        REAL,
        TEXT
    }

    private static Basic basic(TemplateValue value) {
        return switch (value) {
            case Whole whole -> Basic.WHOLE;
            case Real real -> Basic.REAL;
            case TemplateValue.Missing none -> Basic.NONE;
            case Given given ->
                    given.value() instanceof BooleanValue
                            ? Basic.BOOLEAN
                            : value.isText() ? Basic.TEXT : Basic.NONE;
        };
    }

    private static TemplateValue equal(List<TemplateValue> arguments) {
        if (arguments.size() < 2) {
            throw BuiltinFault.of("error calling eq: missing argument for comparison");
        }
        List<TemplateValue> others = new ArrayList<>(arguments.subList(1, arguments.size()));
        for (TemplateValue other : others) {
            if (areEqual("eq", arguments.getFirst(), other)) {
                return TemplateValue.of(true);
            }
        }
        return TemplateValue.of(false);
    }

    private static TemplateValue notEqual(List<TemplateValue> arguments) {
        if (arguments.size() != 2) {
            throw BuiltinFault.of("wrong number of args for ne: want 2 got %d", arguments.size());
        }
        return TemplateValue.of(!areEqual("ne", arguments.get(0), arguments.get(1)));
    }

    private static boolean areEqual(String name, TemplateValue left, TemplateValue right) {
        Basic kind = basic(left);
        if (left.isNil() || right.isNil()) {
            return left.isNil() && right.isNil();
        }
        if (kind != basic(right)) {
            throw BuiltinFault.of("error calling %s: incompatible types for comparison", name);
        }
        if (kind == Basic.NONE) {
            throw BuiltinFault.of(
                    "error calling %s: non-comparable type %s: %s",
                    name, left.text(), left.typeName());
        }
        return kind == Basic.REAL || kind == Basic.WHOLE
                ? left.equals(right)
                : left.text().equals(right.text());
    }

    private static TemplateValue ordered(List<TemplateValue> arguments, IntPredicate holds) {
        if (arguments.size() != 2) {
            throw BuiltinFault.of(
                    "wrong number of args for comparison: want 2 got %d", arguments.size());
        }
        TemplateValue left = arguments.get(0);
        TemplateValue right = arguments.get(1);
        Basic kind = basic(left);
        boolean isOrdered = kind == Basic.WHOLE || kind == Basic.REAL || kind == Basic.TEXT;
        if (!isOrdered || basic(right) == Basic.NONE) {
            throw BuiltinFault.of("error calling comparison: invalid type for comparison");
        }
        if (kind != basic(right)) {
            throw BuiltinFault.of("error calling comparison: incompatible types for comparison");
        }
        int order =
                switch (left) {
                    case Whole(long one) -> Long.compare(one, ((Whole) right).value());
                    case Real(double one) -> Double.compare(one, ((Real) right).value());
                    case Given given ->
                            StringValue.of(left.text()).compareWithin(StringValue.of(right.text()));
                    case TemplateValue.Missing none ->
                            throw new IllegalStateException("has no order");
                };
        return TemplateValue.of(holds.test(order));
    }
}
