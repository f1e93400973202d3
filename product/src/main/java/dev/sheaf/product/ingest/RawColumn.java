package dev.sheaf.product.ingest;

/// A column as a file has it.
///
/// @param name as the file calls it
/// @param alias what it is called in the file's relation
/// @param type its DuckDB type there: VARCHAR for text formats, which hold no types
public record RawColumn(String name, String alias, String type) {
    static final String TEXT = "VARCHAR";

    /// Whether the value is the text of the file and has to be converted.
    public boolean text() {
        return type.equals(TEXT);
    }
}
