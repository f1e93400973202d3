package dev.sheaf.context.schema;

/// Why a schema cannot be used.
///
/// @param pointer JSON pointer to the keyword
/// @param message what is wrong, with the value, what is allowed, and the way out
public record SchemaFault(String pointer, String message) {
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "the schema" : pointer) + " " + message;
    }
}
