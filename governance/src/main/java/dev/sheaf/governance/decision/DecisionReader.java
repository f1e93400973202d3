package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Decisions as policies say them, `spec/policy-input.md`.
public final class DecisionReader {
    private DecisionReader() {}

    /// @param document null when it is undefined, which denies
    /// @param revision of the policies that said it
    /// @throws IllegalArgumentException when a member has another type, or a mask is none
    public static Decision read(@Nullable Value document, String revision) {
        if (!(document instanceof ObjectValue fields)) {
            String what = document == null ? "undefined" : "no object";
            return new Decision.Deny(
                    List.of("policy.silent: " + PolicySet.DECISION + " is " + what), revision);
        }
        List<String> reasons = Texts.list(field(fields, "reasons"), "reasons");
        if (fields.get("allow") != BooleanValue.TRUE) {
            return new Decision.Deny(reasons, revision);
        }
        Map<String, Mask> masks = new HashMap<>();
        if (!(field(fields, "masks") instanceof ObjectValue given)) {
            throw new IllegalArgumentException("masks are no object by column");
        }
        given.forEach((column, mask) -> {
            String name = JsonValues.keyText(column);
            masks.put(name, MaskReader.read(name, mask));
        });
        return new Decision.Allow(
                reasons, masks, Texts.list(field(fields, "filters"), "filters"), revision);
    }

    /// A field that is not there says nothing.
    private static Value field(ObjectValue fields, String name) {
        Value value = fields.get(name);
        if (value != null) {
            return value;
        }
        return name.equals("masks") ? ObjectValue.EMPTY : SetValue.EMPTY;
    }
}
