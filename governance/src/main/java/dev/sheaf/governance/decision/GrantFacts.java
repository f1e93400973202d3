package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectShape;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A grant of the subject, as policy sees it, with its document made once; whether it counts is the
/// policy's to say. Equal when the documents are.
public final class GrantFacts {
    private static final long BILLION = 1_000_000_000;
    private static final ObjectShape SHAPE =
            ObjectShape.of(
                    "id",
                    "resource",
                    "purpose",
                    "from",
                    "until",
                    "fromNanos",
                    "untilNanos",
                    "revoked",
                    "clear");

    private final String id;
    private final String resource;
    private final String purpose;
    private final Instant from;
    private final Instant until;
    private final boolean isRevoked;
    private final boolean isClear;
    private final ObjectValue document;

    /// @param isClear whether personal data is shown as it is
    public GrantFacts(
            String id,
            String resource,
            String purpose,
            Instant from,
            Instant until,
            boolean isRevoked,
            boolean isClear) {
        this.id = id;
        this.resource = resource;
        this.purpose = purpose;
        this.from = from;
        this.until = until;
        this.isRevoked = isRevoked;
        this.isClear = isClear;
        this.document =
                SHAPE.with(
                        StringValue.of(id),
                        StringValue.of(resource),
                        StringValue.of(purpose),
                        StringValue.of(from.toString()),
                        StringValue.of(until.toString()),
                        NumberValue.of(nanos(from)),
                        NumberValue.of(nanos(until)),
                        BooleanValue.of(isRevoked),
                        BooleanValue.of(isClear));
    }

    public String id() {
        return id;
    }

    public String resource() {
        return resource;
    }

    public String purpose() {
        return purpose;
    }

    public Instant from() {
        return from;
    }

    public Instant until() {
        return until;
    }

    public boolean isRevoked() {
        return isRevoked;
    }

    /// Whether personal data is shown as it is.
    public boolean isClear() {
        return isClear;
    }

    ObjectValue toValue() {
        return document;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GrantFacts that && document.equals(that.document);
    }

    @Override
    public int hashCode() {
        return document.hashCode();
    }

    @Override
    public String toString() {
        return document.toString();
    }

    static long nanos(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), BILLION), instant.getNano());
    }
}
