package dev.sheaf.contract.draft;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What was measured of a sample.
///
/// @param file the sample's file name, without folders
/// @param format `csv`, `json`, `ndjson` or `parquet`
/// @param header whether a CSV file has a header line; true for all others
/// @param rows rows that were read
/// @param whole whether these are all rows of the file
/// @param columns in file order
/// @param keys pairs of columns that together are unique and never null; empty when not looked for
public record SampleProfile(
        String file,
        String format,
        boolean header,
        long rows,
        boolean whole,
        List<Column> columns,
        List<List<String>> keys) {
    public SampleProfile {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    /// @param name as in the file; `column0`, `column1`, … without a header
    /// @param duckType as DuckDB prints it
    /// @param nulls rows without a value
    /// @param distinct different values, null not counted
    /// @param min of values that have an order, as text
    /// @param samples some values, as text
    /// @param top the most frequent values, most frequent first; complete when there are as many as
    ///   `distinct`
    /// @param maxLength of text, in characters
    /// @param shapes the part (0..1] of the values that has a shape; others are left out
    public record Column(
            String name,
            String duckType,
            long nulls,
            long distinct,
            Optional<String> min,
            Optional<String> max,
            List<String> samples,
            List<Frequency> top,
            OptionalInt minLength,
            OptionalInt maxLength,
            Map<Shape, Double> shapes) {
        public Column {
            samples = List.copyOf(samples);
            top = List.copyOf(top);
            shapes = Map.copyOf(shapes);
        }

        double share(Shape shape) {
            return shapes.getOrDefault(shape, 0.0);
        }
    }

    /// A value and how often it occurs.
    public record Frequency(String value, long count) {}

    /// What a text can look like.
    public enum Shape {
        EMAIL,
        PHONE,
        /// 13 to 19 digits that pass Luhn's check.
        CARD,
        IBAN,
        IPV4,
        IPV6,
        UUID,
        URL,
        /// `yyyy-MM-dd`
        DATE_ISO,
        /// `dd.MM.yyyy`
        DATE_POINTS,
        /// `dd/MM/yyyy` or `MM/dd/yyyy`
        DATE_SLASHES,
        /// Digits only.
        DIGITS,
        /// A floating number without a fraction.
        WHOLE
    }
}
