package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/// What came of a question.
final class EvaluationAnswer {
    private final Question question;
    private final List<ObjectValue> found;

    EvaluationAnswer(Question question, List<ObjectValue> found) {
        this.question = question;
        this.found = found;
    }

    /// The shape of `--json`; `result` is as OPA writes it.
    ///
    /// @param explanation the trace, if it was asked for
    /// @param notes lines of `print` and `trace`
    record Answer(
            boolean defined,
            List<Result> result,
            Optional<List<String>> explanation,
            List<String> notes) {}

    /// One way in which the query holds.
    record Result(List<ExpressionValue> expressions, Map<String, JsonNode> bindings) {}

    record ExpressionValue(JsonNode value, String text, Place location) {}

    record Place(int row, int col) {}

    Answer json(Optional<List<String>> explanation, List<String> notes) {
        return new Answer(
                !found.isEmpty(), found.stream().map(this::result).toList(), explanation, notes);
    }

    private Result result(ObjectValue one) {
        List<ExpressionValue> expressions = new ArrayList<>();
        for (Question.Asked asked : question.asked()) {
            expressions.add(
                    new ExpressionValue(
                            JsonValues.toJson(value(one, asked)),
                            asked.text(),
                            new Place(asked.at().line(), asked.at().column())));
        }
        Map<String, JsonNode> bindings = new LinkedHashMap<>();
        one.forEach((key, value) -> {
            String name = JsonValues.keyText(key);
            if (!Question.isValue(name)) {
                bindings.put(name, JsonValues.toJson(value));
            }
        });
        return new Result(expressions, bindings);
    }

    private static Value value(ObjectValue one, Question.Asked asked) {
        return asked.variable()
                .map(name -> Objects.requireNonNull(one.get(name), name))
                .orElse(BooleanValue.TRUE);
    }

    /// A value alone, or a table of variables and of what expressions gave that are not just true.
    void print(Terminal terminal) {
        if (found.isEmpty()) {
            terminal.out().println("undefined");
            return;
        }
        List<String> variables = variables();
        if (variables.isEmpty() && found.size() == 1 && question.asked().size() == 1) {
            Value value = value(found.getFirst(), question.asked().getFirst());
            String text = JsonAnswer.text(JsonValues.toJson(value));
            terminal.out().println(Glyphs.harmlessLines(text));
            return;
        }
        List<Question.Asked> shown =
                question.asked().stream()
                        .filter(asked -> variables.isEmpty() || isMoreThanTrue(asked))
                        .filter(asked -> !variables.contains(asked.text()))
                        .toList();
        List<Table.Column> columns = new ArrayList<>();
        variables.forEach(name -> columns.add(Table.Column.text(name)));
        shown.forEach(asked -> columns.add(Table.Column.text(asked.text())));
        Table table = new Table(columns);
        for (ObjectValue one : found) {
            List<Cell> cells = new ArrayList<>();
            for (String name : variables) {
                Value value = one.get(name);
                cells.add(value == null ? Cell.NULL : cell(value));
            }
            shown.forEach(asked -> cells.add(cell(value(one, asked))));
            table.row(cells);
        }
        table.print(terminal);
    }

    private static Cell cell(Value value) {
        return new Cell.Text(JsonValues.toJson(value).toString());
    }

    private boolean isMoreThanTrue(Question.Asked asked) {
        return found.stream().anyMatch(one -> !value(one, asked).equals(BooleanValue.TRUE));
    }

    private List<String> variables() {
        TreeSet<String> names = new TreeSet<>();
        for (ObjectValue one : found) {
            one.forEach((key, value) -> names.add(JsonValues.keyText(key)));
        }
        names.removeIf(Question::isValue);
        return List.copyOf(names);
    }
}
