package dev.sheaf.rego.syntax;

/// A place in a policy.
///
/// @param line from 1
/// @param column from 1, in characters
/// @param offset from 0, in characters
public record Location(String file, int line, int column, int offset) {
    public static final Location NONE = new Location("", 1, 1, 0);

    @Override
    public String toString() {
        return (file.isEmpty() ? "policy" : file) + ":" + line + ":" + column;
    }
}
