package dev.sheaf.governance.decision;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decisions as policies say them, `spec/policy-input.md`.
public final class DecisionReader {
    /// Of amounts without one.
    private static final String CURRENCY = "USD";

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
                reasons,
                masks,
                Texts.list(field(fields, "filters"), "filters"),
                maxCost(field(fields, "maxCost")),
                revision);
    }

    /// The least of one or several amounts.
    private static Optional<Money> maxCost(Value value) {
        List<String> texts =
                value instanceof StringValue text
                        ? List.of(text.value())
                        : Texts.list(value, "maxCost");
        Optional<Money> least = Optional.empty();
        for (String text : texts) {
            Money cap = cap(text);
            if (least.isEmpty() || cap.compareTo(least.get()) < 0) {
                least = Optional.of(cap);
            }
        }
        return least;
    }

    private static Money cap(String text) {
        Money cap;
        try {
            cap = Money.parse(text, CURRENCY);
        } catch (Problem e) {
            throw new IllegalArgumentException("maxCost: " + e.message(), e);
        }
        if (cap.amount().signum() < 0) {
            throw new IllegalArgumentException("maxCost: " + cap + " is below zero");
        }
        return cap;
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
