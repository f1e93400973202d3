package dev.sheaf.client;

import java.time.Instant;

/// An acknowledged write.
///
/// @param duplicate the event had been here before; nothing was done again
/// @param dot `region#epoch:sequence`, or empty when nothing was written
/// @param at the hybrid clock's time of the write
/// @param token hand it to any region to read at least this write
/// @param version the document's version after it
public record ContextReceipt(
        String eventId,
        boolean duplicate,
        boolean changed,
        String dot,
        Instant at,
        String token,
        String version) {}
