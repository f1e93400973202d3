package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectShape;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.time.Instant;
import java.util.List;

/// When, where to and what for.
///
/// @param purpose as the caller says; empty when they do not
/// @param destination the region that the answer goes to, or the data; empty when it goes nowhere
/// @param engine what executes it, for example `duckdb`; empty when nothing does
/// @param grants of the subject for the resource, those that have ended too
public record Circumstances(
        Instant time, String purpose, String destination, String engine, List<GrantFacts> grants) {
    private static final ObjectShape SHAPE =
            ObjectShape.of("time", "nowNanos", "purpose", "destination", "engine", "grants");

    public Circumstances {
        grants = List.copyOf(grants);
    }

    ObjectValue toValue() {
        Value[] facts = new Value[grants.size()];
        for (int i = 0; i < facts.length; i++) {
            facts[i] = grants.get(i).toValue();
        }
        return SHAPE.with(
                StringValue.of(InstantText.of(time)),
                NumberValue.of(GrantFacts.nanos(time)),
                StringValue.of(purpose),
                StringValue.of(destination),
                StringValue.of(engine),
                ArrayValue.of(facts));
    }
}
