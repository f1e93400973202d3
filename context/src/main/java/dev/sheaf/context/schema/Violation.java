package dev.sheaf.context.schema;

/// What of a document its schema does not allow.
///
/// @param pointer JSON pointer to the value, from the value that was checked
/// @param keyword the keyword that speaks, or `work` when checking would take more steps than are
///   allowed
/// @param message what is there and what is allowed
public record Violation(String pointer, String keyword, String message) {
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "the value" : pointer) + " " + message + " [" + keyword + "]";
    }
}
