package dev.sheaf.context.codec;

import dev.sheaf.context.EventKind;
import dev.sheaf.context.Lane;
import dev.sheaf.context.patch.PatchOperation;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/// An event as a client writes it, `spec/context.md` section 2: its parts are well-formed, but
/// nobody has looked yet whether its type, version or operations make sense.
///
/// @param timestampMillis since 1970
/// @param version of the type's schema, `major.minor`
/// @param type the context type, where the event names it
/// @param cloudRegion `cloud/location` or the location alone
/// @param state the whole document, for CONTEXT_STATE
/// @param operations for the other kinds, else empty
/// @param lane where the event names a priority
/// @param ttlSeconds where it names one, else 0
/// @param compactionKey or empty
public record IncomingEvent(
        String eventId,
        long timestampMillis,
        String version,
        Optional<String> type,
        String documentId,
        String cloudRegion,
        EventKind kind,
        Optional<JsonNode> state,
        List<PatchOperation> operations,
        Optional<Lane> lane,
        long ttlSeconds,
        String compactionKey) {
    public IncomingEvent {
        operations = List.copyOf(operations);
    }
}
