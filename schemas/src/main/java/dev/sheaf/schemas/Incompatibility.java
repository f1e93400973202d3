package dev.sheaf.schemas;

/// One place where a reader cannot take what a writer may write.
///
/// @param path within the schema, as its language has them: a JSON pointer, or names with points
/// @param kind a stable word in capitals
/// @param message for a person: what the one allows and the other writes
public record Incompatibility(String path, String kind, String message) {
    @Override
    public String toString() {
        return path + ": " + message;
    }
}
