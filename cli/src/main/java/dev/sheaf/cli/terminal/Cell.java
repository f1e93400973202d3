package dev.sheaf.cli.terminal;

/// One cell of a table: a text, or the absence of a value, which an empty text is not.
public sealed interface Cell {
    Cell NULL = new Null();

    /// A value that is not there.
    record Null() implements Cell {}

    /// @param text as it came; it is made harmless when drawn
    record Text(String text) implements Cell {}

    /// @param text as it came
    /// @param tone how it is coloured where there are colours
    record Toned(String text, Tone tone) implements Cell {}

    /// What a colour says.
    enum Tone {
        GOOD,
        WARNING,
        BAD,
        FAINT
    }

    static Cell of(Object value) {
        return new Text(value.toString());
    }

    static Cell ofOptional(java.util.Optional<?> value) {
        return value.isPresent() ? of(value.get()) : NULL;
    }
}
