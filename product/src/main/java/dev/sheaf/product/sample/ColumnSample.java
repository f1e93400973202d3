package dev.sheaf.product.sample;

import java.util.List;

/// Some values of a column, spread over all rows; the same rows give the same sample.
///
/// @param column its name
/// @param path where in the column they are, as in `address.street`; the name itself for a column
///   that holds single values
/// @param values as texts, cut to [ColumnSampler#CHARACTERS_MAX] characters, none blank
public record ColumnSample(String column, String path, List<String> values) {
    public ColumnSample {
        values = List.copyOf(values);
    }

    /// The name that says what is in it: of `contact.email` the last.
    public String member() {
        return path.equals(column) ? column : path.substring(path.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return path + ": " + values.size() + " values";
    }
}
