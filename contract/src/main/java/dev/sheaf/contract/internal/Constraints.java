package dev.sheaf.contract.internal;

import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.contract.document.Node;

import java.util.List;
import java.util.Optional;

/// What a property demands of its values.
final class Constraints {
    /// Enumerations for versions of ODCS that have no `enum`: a list of values.
    static final String ALLOWED_VALUES = "sheaf.allowedValues";

    private Constraints() {}

    static ValueConstraints of(Fields property) {
        Fields options = property.object("logicalTypeOptions");
        Bound minimum = Bound.of(options, "minimum", "exclusiveMinimum");
        Bound maximum = Bound.of(options, "maximum", "exclusiveMaximum");
        return new ValueConstraints(
                options.number("minLength"),
                options.number("maxLength"),
                options.text("pattern"),
                options.text("format"),
                minimum.inclusive(),
                maximum.inclusive(),
                minimum.exclusive(),
                maximum.exclusive(),
                options.text("multipleOf"),
                options.number("minItems"),
                options.number("maxItems"),
                options.flag("uniqueItems"),
                allowedValues(property));
    }

    /// `enum` of ODCS 3.2 (objects with a `value`; bare values are understood too), or our own
    /// custom property.
    static List<String> allowedValues(Fields property) {
        List<String> values =
                property.items("enum").stream()
                        .flatMap(item ->
                                (item instanceof Node.Mapping entry
                                                ? new Fields(entry).text("value")
                                                : Fields.scalar(item))
                                        .stream())
                        .toList();
        if (!values.isEmpty()) {
            return values;
        }
        for (Fields entry : property.objects("customProperties")) {
            if (entry.text("property").equals(Optional.of(ALLOWED_VALUES))) {
                return entry.texts("value");
            }
        }
        return List.of();
    }

    /// One end of a range. ODCS 3.0 has a flag beside the bound where 3.1 has a bound of its own.
    private record Bound(Optional<String> inclusive, Optional<String> exclusive) {
        static Bound of(Fields options, String inclusive, String exclusive) {
            Optional<String> bound = options.text(inclusive);
            return options.node(exclusive).orElse(null) instanceof Node.Flag flag
                    ? flag.value()
                            ? new Bound(Optional.empty(), bound)
                            : new Bound(bound, Optional.empty())
                    : new Bound(bound, options.text(exclusive));
        }
    }
}
