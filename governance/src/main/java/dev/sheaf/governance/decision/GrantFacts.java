package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.time.Instant;

/// A grant of the subject, as policy sees it; whether it counts is the policy's to say.
///
/// @param isClear whether personal data is shown as it is
public record GrantFacts(
        String id,
        String resource,
        String purpose,
        Instant from,
        Instant until,
        boolean isRevoked,
        boolean isClear) {
    private static final long BILLION = 1_000_000_000;

    ObjectValue toValue() {
        return new ObjectValue.Builder(9)
                .put("id", StringValue.of(id))
                .put("resource", StringValue.of(resource))
                .put("purpose", StringValue.of(purpose))
                .put("from", StringValue.of(from.toString()))
                .put("until", StringValue.of(until.toString()))
                .put("fromNanos", NumberValue.of(nanos(from)))
                .put("untilNanos", NumberValue.of(nanos(until)))
                .put("revoked", BooleanValue.of(isRevoked))
                .put("clear", BooleanValue.of(isClear))
                .build();
    }

    static long nanos(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), BILLION), instant.getNano());
    }
}
