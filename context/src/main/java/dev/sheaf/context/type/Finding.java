package dev.sheaf.context.type;

/// Something that is wrong with a declaration.
///
/// @param line where, from 1
/// @param pointer JSON pointer to what it is about; empty for the whole declaration
/// @param message what is wrong, with the value, what is allowed, and the way out
public record Finding(int line, String pointer, String message) {
    @Override
    public String toString() {
        return line + ": " + (pointer.isEmpty() ? "" : pointer + " ") + message;
    }
}
