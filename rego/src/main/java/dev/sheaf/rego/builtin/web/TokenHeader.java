package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the header of a token says about its signature (RFC 7515, 4.1).
///
/// @param hasUnknownCritical whether something must be understood that is not
record TokenHeader(String algorithm, String keyId, String contentType, boolean hasUnknownCritical) {
    private static final Set<String> KNOWN = Set.of("alg", "kid", "typ", "cty", "crit");

    /// @throws BuiltinFault when a field is of the wrong type
    static TokenHeader parse(ObjectValue header) {
        text(header, "typ");
        return new TokenHeader(
                text(header, "alg"),
                text(header, "kid"),
                text(header, "cty"),
                hasUnknownCritical(header));
    }

    private static String text(ObjectValue header, String field) {
        Value value = header.get(field);
        if (value == null) {
            return "";
        }
        if (value instanceof StringValue text) {
            return text.value();
        }
        throw BuiltinFault.of("%s: must be a string", field);
    }

    private static boolean hasUnknownCritical(ObjectValue header) {
        Value value = header.get("crit");
        if (value == null) {
            return false;
        }
        if (!(value instanceof ArrayValue list)) {
            throw BuiltinFault.of("crit: must be a list");
        }
        Set<String> critical = new HashSet<>();
        List<Value> items = list.items();
        for (Value item : items) {
            if (!(item instanceof StringValue name)) {
                break;
            }
            critical.add(name.value());
        }
        if (critical.isEmpty()) {
            throw BuiltinFault.of("crit: must be a nonempty list");
        }
        return critical.stream()
                .anyMatch(
                        name -> !KNOWN.contains(name) && header.get(StringValue.of(name)) != null);
    }

    boolean isValid() {
        return !algorithm.isEmpty() && !hasUnknownCritical;
    }

    boolean isNested() {
        return contentType.equalsIgnoreCase("JWT");
    }
}
