package dev.sheaf.context.runtime;

/// Which document.
///
/// @param type the context type's name
/// @param id 1 to 512 bytes of UTF-8 without control characters
public record DocumentKey(String type, String id) {
    @Override
    public String toString() {
        return type + "/" + id;
    }
}
