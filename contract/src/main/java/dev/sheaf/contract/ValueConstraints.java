package dev.sheaf.contract;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What ODCS `logicalTypeOptions` demands of a single value. Bounds are texts in the column's own
/// notation (numbers, ISO dates), so that no precision is lost.
///
/// @param pattern a regular expression (ECMA-262 as in JSON Schema) that must match somewhere
/// @param format for strings a JSON Schema format such as `email` or `uuid`; for dates and times a
///   JDK pattern such as `yyyy-MM-dd`, which says how the source writes them
/// @param allowedValues the enumeration, empty when any value is allowed
public record ValueConstraints(
        OptionalInt minLength,
        OptionalInt maxLength,
        Optional<String> pattern,
        Optional<String> format,
        Optional<String> minimum,
        Optional<String> maximum,
        Optional<String> exclusiveMinimum,
        Optional<String> exclusiveMaximum,
        Optional<String> multipleOf,
        OptionalInt minItems,
        OptionalInt maxItems,
        boolean uniqueItems,
        List<String> allowedValues) {
    public static final ValueConstraints NONE =
            new ValueConstraints(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    false,
                    List.of());

    public ValueConstraints {
        allowedValues = List.copyOf(allowedValues);
    }
}
