package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.GoQuotedText;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.builtin.web.TemplateNode.Command;
import dev.sheaf.rego.builtin.web.TemplateNode.Operand;
import dev.sheaf.rego.builtin.web.TemplateNode.Pipe;
import dev.sheaf.rego.builtin.web.TemplateNode.Place;
import dev.sheaf.rego.builtin.web.TemplateParser.Template;
import dev.sheaf.rego.builtin.web.TemplateValue.Given;
import dev.sheaf.rego.builtin.web.TemplateValue.Whole;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Fills in a template. Used by one thread, once.
final class TemplateRun {
    /// What OPA writes for a key without an entry, and for null.
    private static final String UNDEFINED = "<undefined>";

    private static final int DEPTH_MAX = 100;

    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private static final class Variable {
        private final String name;
        private TemplateValue value;

        Variable(String name, TemplateValue value) {
            this.name = name;
            this.value = value;
        }
    }

    private final Template template;
    private final Surroundings surroundings;
    private final StringBuilder out = new StringBuilder();
    private List<Variable> variables = new ArrayList<>();
    private int depth;

    private TemplateRun(Template template, Surroundings surroundings) {
        this.template = template;
        this.surroundings = surroundings;
    }

    /// @throws BuiltinFault when an action cannot be done
    static String render(Template template, ObjectValue values, Surroundings surroundings) {
        TemplateRun run = new TemplateRun(template, surroundings);
        TemplateValue dot = new Given(values);
        run.variables.add(new Variable("$", dot));
        run.run(template.body(), dot);
        return run.out.toString();
    }

    private static BuiltinFault fault(Place place, String message) {
        return BuiltinFault.of(
                "template: template:%d:%d: executing \"template\" at <%s>: %s",
                place.line(), place.column(), place.text(), message);
    }

    private void write(String text) {
        surroundings.work(1 + text.length() / 64);
        out.append(text);
    }

    private Flow run(List<TemplateNode> nodes, TemplateValue dot) {
        int before = variables.size();
        Flow flow = Flow.ON;
        for (TemplateNode node : nodes) {
            flow = run(node, dot);
            if (flow != Flow.ON) {
                break;
            }
        }
        drop(before);
        return flow;
    }

    private void drop(int count) {
        while (variables.size() > count) {
            variables.removeLast();
        }
    }

    private Flow run(TemplateNode node, TemplateValue dot) {
        surroundings.work(1);
        switch (node) {
            case TemplateNode.Text text -> write(text.text());
            case TemplateNode.Action(Pipe pipe) -> {
                TemplateValue value = value(pipe, dot);
                if (pipe.variables().isEmpty()) {
                    write(value.isNil() ? UNDEFINED : value.text());
                }
            }
            case TemplateNode.Choice choice -> {
                int before = variables.size();
                TemplateValue value = value(choice.pipe(), dot);
                Flow flow =
                        value.isTrue()
                                ? run(choice.then(), choice.isWith() ? value : dot)
                                : run(choice.otherwise(), dot);
                drop(before);
                return flow;
            }
            case TemplateNode.Range range -> {
                return range(range, dot);
            }
            case TemplateNode.Break leave -> {
                return Flow.BREAK;
            }
            case TemplateNode.Continue leave -> {
                return Flow.CONTINUE;
            }
            case TemplateNode.Invocation invocation -> invoke(invocation, dot);
        }
        return Flow.ON;
    }

    private void invoke(TemplateNode.Invocation invocation, TemplateValue dot) {
        List<TemplateNode> body = template.named().get(invocation.name());
        if (body == null) {
            throw fault(
                    invocation.place(),
                    "template " + GoQuotedText.of(invocation.name()) + " not defined");
        }
        if (++depth > DEPTH_MAX) {
            throw fault(invocation.place(), "exceeded maximum template depth (" + DEPTH_MAX + ")");
        }
        TemplateValue inner =
                invocation.pipe() == null ? TemplateValue.NONE : value(invocation.pipe(), dot);
        List<Variable> outer = variables;
        variables = new ArrayList<>(List.of(new Variable("$", inner)));
        run(body, inner);
        variables = outer;
        depth--;
    }

    private Flow range(TemplateNode.Range range, TemplateValue dot) {
        int before = variables.size();
        List<TemplateValue> keys = new ArrayList<>();
        List<TemplateValue> items = new ArrayList<>();
        Pipe pipe = range.pipe();
        collect(plain(pipe, dot), pipe.place(), keys, items);
        if (items.isEmpty()) {
            return run(range.otherwise(), dot);
        }
        for (int i = 0; i < items.size(); i++) {
            surroundings.work(1);
            List<String> names = pipe.variables();
            if (names.size() == 1) {
                bind(pipe, names.getFirst(), items.get(i));
            } else if (names.size() == 2) {
                bind(pipe, names.get(0), keys.get(i));
                bind(pipe, names.get(1), items.get(i));
            }
            Flow flow = run(range.body(), items.get(i));
            drop(before);
            if (flow == Flow.BREAK) {
                break;
            }
        }
        return Flow.ON;
    }

    private void collect(
            TemplateValue value, Place place, List<TemplateValue> keys, List<TemplateValue> items) {
        if (value.isNil()) {
            return;
        }
        if (value instanceof Whole(long count)) {
            surroundings.work(Math.max(0, count));
            for (long i = 0; i < count; i++) {
                keys.add(new Whole(i));
                items.add(new Whole(i));
            }
            return;
        }
        Value given = value instanceof Given one ? one.value() : NullValue.NULL;
        switch (given) {
            case ArrayValue array -> collect(array.items(), keys, items);
            case SetValue set -> collect(set.items(), keys, items);
            case ObjectValue object ->
                    object.forEach((key, item) -> {
                        keys.add(new Given(key));
                        items.add(new Given(item));
                    });
            case NullValue none -> throw notIterable(value, place);
            case BooleanValue bool -> throw notIterable(value, place);
            case NumberValue number -> throw notIterable(value, place);
            case StringValue text -> throw notIterable(value, place);
        }
    }

    private static void collect(
            List<Value> values, List<TemplateValue> keys, List<TemplateValue> items) {
        for (int i = 0; i < values.size(); i++) {
            keys.add(new Whole(i));
            items.add(new Given(values.get(i)));
        }
    }

    private static BuiltinFault notIterable(TemplateValue value, Place place) {
        return fault(place, "range can't iterate over " + value.text());
    }

    /// The value; its variables have it too.
    private TemplateValue value(Pipe pipe, TemplateValue dot) {
        TemplateValue value = plain(pipe, dot);
        for (String name : pipe.variables()) {
            bind(pipe, name, value);
        }
        return value;
    }

    private void bind(Pipe pipe, String name, TemplateValue value) {
        if (pipe.isAssignment()) {
            variable(name, pipe.place()).value = value;
        } else {
            variables.add(new Variable(name, value));
        }
    }

    private Variable variable(String name, Place place) {
        for (Variable variable : variables.reversed()) {
            if (variable.name.equals(name)) {
                return variable;
            }
        }
        throw fault(place, "undefined variable: " + name);
    }

    private TemplateValue plain(Pipe pipe, TemplateValue dot) {
        TemplateValue value = null;
        for (Command command : pipe.commands()) {
            value = value(command, dot, value);
        }
        if (value == null) {
            throw new IllegalArgumentException("a pipe without commands");
        }
        return value;
    }

    /// @param last what the command before handed on; null for the first
    private TemplateValue value(Command command, TemplateValue dot, @Nullable TemplateValue last) {
        Operand first = command.operands().getFirst();
        List<Operand> rest = command.operands().subList(1, command.operands().size());
        if (first instanceof Operand.Function function) {
            return call(function, rest, dot, last);
        }
        if (!rest.isEmpty() || last != null) {
            throw fault(
                    first.place(), "can't give argument to non-function " + first.place().text());
        }
        if (first instanceof Operand.Nil) {
            throw fault(first.place(), "nil is not a command");
        }
        return value(first, dot);
    }

    private TemplateValue call(
            Operand.Function function,
            List<Operand> operands,
            TemplateValue dot,
            @Nullable TemplateValue last) {
        String name = function.name();
        boolean isAnd = name.equals("and");
        if (isAnd || name.equals("or")) {
            TemplateValue value = last;
            for (Operand operand : operands) {
                value = value(operand, dot);
                if (value.isTrue() != isAnd) {
                    return value;
                }
            }
            value = last == null ? value : last;
            if (value == null) {
                throw fault(
                        function.place(),
                        "wrong number of args for " + name + ": want at least 1 got 0");
            }
            return value;
        }
        List<TemplateValue> arguments = new ArrayList<>();
        for (Operand operand : operands) {
            arguments.add(value(operand, dot));
        }
        if (last != null) {
            arguments.add(last);
        }
        try {
            return TemplateFunctions.call(name, arguments);
        } catch (BuiltinFault fault) {
            throw fault(function.place(), String.valueOf(fault.getMessage()));
        }
    }

    private TemplateValue value(Operand operand, TemplateValue dot) {
        return switch (operand) {
            case Operand.Dot here -> dot;
            case Operand.Nil nil -> new Given(NullValue.NULL);
            case Operand.Constant constant -> constant.value();
            case Operand.Fields fields -> fields(dot, fields.names(), fields.place());
            case Operand.Variable variable ->
                    fields(
                            variable(variable.name(), variable.place()).value,
                            variable.fields(),
                            variable.place());
            case Operand.Nested nested ->
                    fields(value(nested.pipe(), dot), nested.fields(), nested.place());
            case Operand.Function function -> call(function, List.of(), dot, null);
        };
    }

    private static TemplateValue fields(TemplateValue value, List<String> names, Place place) {
        TemplateValue current = value;
        for (String name : names) {
            if (current instanceof TemplateValue.Missing) {
                return current;
            }
            if (current.isNil()) {
                throw fault(place, "nil pointer evaluating interface {}." + name);
            }
            if (!(current instanceof Given given)
                    || !(given.value() instanceof ObjectValue object)) {
                throw fault(
                        place, "can't evaluate field " + name + " in type " + current.typeName());
            }
            Value found = object.get(name);
            current = found == null ? TemplateValue.NONE : new Given(found);
        }
        return current;
    }
}
