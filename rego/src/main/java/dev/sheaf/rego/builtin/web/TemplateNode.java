package dev.sheaf.rego.builtin.web;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A part of a template: what stands between actions, or one action. Immutable.
sealed interface TemplateNode {
    /// Where an operand or an action is, and how it is written there.
    ///
    /// @param line from 1
    /// @param column from 0
    record Place(int line, int column, String text) {}

    record Text(String text) implements TemplateNode {}

    record Action(Pipe pipe) implements TemplateNode {}

    /// `if`, or `with`, which makes the value the dot.
    record Choice(boolean isWith, Pipe pipe, List<TemplateNode> then, List<TemplateNode> otherwise)
            implements TemplateNode {}

    record Range(Pipe pipe, List<TemplateNode> body, List<TemplateNode> otherwise)
            implements TemplateNode {}

    /// Leaves a range.
    record Break() implements TemplateNode {}

    /// Goes on with the next item of a range.
    record Continue() implements TemplateNode {}

    /// Runs a template that was defined.
    ///
    /// @param pipe what becomes the dot
    record Invocation(String name, @Nullable Pipe pipe, Place place) implements TemplateNode {}

    /// Commands, each of which hands its value on to the next.
    ///
    /// @param variables that take the value: one, or two for the items of a range
    /// @param isAssignment whether they exist already
    record Pipe(
            List<String> variables, boolean isAssignment, List<Command> commands, Place place) {}

    record Command(List<Operand> operands, Place place) {}

    sealed interface Operand {
        Place place();

        record Dot(Place place) implements Operand {}

        record Nil(Place place) implements Operand {}

        record Constant(TemplateValue value, Place place) implements Operand {}

        /// Fields of the dot.
        record Fields(List<String> names, Place place) implements Operand {}

        /// A variable, with its `$`, or fields of it.
        record Variable(String name, List<String> fields, Place place) implements Operand {}

        /// The name of a function.
        record Function(String name, Place place) implements Operand {}

        /// A pipe in parentheses, or fields of its value.
        record Nested(Pipe pipe, List<String> fields, Place place) implements Operand {}
    }
}
