package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

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
    public Circumstances {
        grants = List.copyOf(grants);
    }

    ObjectValue toValue() {
        return new ObjectValue.Builder(6)
                .put("time", StringValue.of(time.toString()))
                .put("nowNanos", NumberValue.of(GrantFacts.nanos(time)))
                .put("purpose", StringValue.of(purpose))
                .put("destination", StringValue.of(destination))
                .put("engine", StringValue.of(engine))
                .put("grants", ArrayValue.of(grants.stream().map(GrantFacts::toValue).toList()))
                .build();
    }
}
