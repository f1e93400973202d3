package dev.sheaf.context.document;

import dev.sheaf.context.Hlc;

/// When a document's life ends, `spec/context.md` section 3.6.
///
/// @param endMillis the latest end that a write named, milliseconds since 1970; 0 for none
/// @param lastHlc of the latest write that named no end, 0 for none
public record Expiry(long endMillis, long lastHlc) {
    /// Of what does not end.
    public static final Expiry NEVER = new Expiry(0, 0);

    private static final long MILLIS_PER_SECOND = 1_000;

    /// @param typeTtlSeconds what holds for writes that name no time of their own; 0 is for ever
    /// @return milliseconds since 1970, or [Long#MAX_VALUE] for never
    public long atMillis(long typeTtlSeconds) {
        if (lastHlc == 0) {
            return endMillis == 0 ? Long.MAX_VALUE : endMillis;
        }
        return typeTtlSeconds == 0
                ? Long.MAX_VALUE
                : Math.max(endMillis, Hlc.millis(lastHlc) + typeTtlSeconds * MILLIS_PER_SECOND);
    }
}
