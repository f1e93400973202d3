package dev.sheaf.context.codec;

import dev.sheaf.context.EventKind;
import dev.sheaf.context.Lane;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was found of an event so far, and the first thing that was wrong with it.
final class EventParts {
    private static final int EVENT_ID_CHARACTERS_MAX = 200;
    private static final int DOCUMENT_ID_BYTES_MAX = 512;

    String eventId = "";
    String timestamp = "";
    String version = "";
    String documentId = "";
    String type = "";
    String cloudRegion = "";
    String kind = "";
    String priority = "";
    String compactionKey = "";
    long ttl;
    boolean cloudEvent;
    Optional<JsonNode> state = Optional.empty();
    Optional<List<PatchOperation>> operations = Optional.empty();
    private @Nullable String fault;

    void fault(String member, String what) {
        if (fault == null) {
            fault = member + " " + what;
        }
    }

    /// @throws Problem BAD_REQUEST or INVALID_VALUE with what is wrong
    IncomingEvent event() {
        if (fault != null) {
            throw new Problem(ProblemCode.BAD_REQUEST, "the event's " + fault);
        }
        require("eventId", eventId);
        require("contextId", documentId);
        require("version", version);
        require("timestamp", timestamp);
        require("cloudRegion", cloudRegion);
        if (eventId.length() > EVENT_ID_CHARACTERS_MAX) {
            throw invalid(
                    "eventId has "
                            + eventId.length()
                            + " characters; at most "
                            + EVENT_ID_CHARACTERS_MAX);
        }
        checkDocumentId(documentId);
        if (ttl < 0) {
            throw invalid("metadata.ttl is " + ttl + "; it is 0 or a number of seconds");
        }
        EventKind eventKind = eventKind();
        boolean whole = eventKind == EventKind.CONTEXT_STATE;
        if (whole && state.isEmpty()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "a CONTEXT_STATE needs payload.state, the whole document");
        }
        if (!whole && operations.isEmpty()) {
            throw new Problem(ProblemCode.BAD_REQUEST, "a " + kind + " needs payload.operations");
        }
        return new IncomingEvent(
                eventId,
                Timestamps.parse(timestamp),
                version,
                type.isEmpty() ? Optional.empty() : Optional.of(type),
                documentId,
                cloudRegion,
                eventKind,
                whole ? state : Optional.empty(),
                whole ? List.of() : operations.orElse(List.of()),
                lane(),
                ttl,
                compactionKey);
    }

    private void require(String member, String value) {
        if (value.isEmpty()) {
            String where = cloudEvent ? "the CloudEvent's data" : "the event";
            throw new Problem(ProblemCode.BAD_REQUEST, where + " has no " + member);
        }
    }

    /// @throws Problem INVALID_VALUE when a document cannot have this id
    static void checkDocumentId(String id) {
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (id.isEmpty() || bytes > DOCUMENT_ID_BYTES_MAX) {
            throw invalid(
                    "a document's id has 1 to "
                            + DOCUMENT_ID_BYTES_MAX
                            + " bytes; this has "
                            + bytes);
        }
        for (int i = 0; i < id.length(); i++) {
            if (Character.isISOControl(id.charAt(i))) {
                throw invalid(
                        "the document id '"
                                + EventJsonReader.shown(id)
                                + "' has control characters");
            }
        }
    }

    private EventKind eventKind() {
        return switch (kind) {
            case "CONTEXT_DELTA" -> EventKind.CONTEXT_DELTA;
            case "CONTEXT_STATE" -> EventKind.CONTEXT_STATE;
            case "CONTEXT_RECONCILIATION" -> EventKind.CONTEXT_RECONCILIATION;
            case "" -> throw new Problem(ProblemCode.BAD_REQUEST, "the event has no eventType");
            default ->
                    throw invalid(
                            "eventType '"
                                    + EventJsonReader.shown(kind)
                                    + "' is none of CONTEXT_STATE, CONTEXT_DELTA,"
                                    + " CONTEXT_RECONCILIATION");
        };
    }

    private Optional<Lane> lane() {
        return switch (priority.toUpperCase(Locale.ROOT)) {
            case "" -> Optional.empty();
            case "CRITICAL", "HIGH" -> Optional.of(Lane.CRITICAL);
            case "IMPORTANT", "NORMAL", "MEDIUM" -> Optional.of(Lane.IMPORTANT);
            case "BACKGROUND", "LOW" -> Optional.of(Lane.BACKGROUND);
            default ->
                    throw invalid(
                            "metadata.priority '"
                                    + EventJsonReader.shown(priority)
                                    + "' is none of CRITICAL, HIGH, IMPORTANT, NORMAL, BACKGROUND,"
                                    + " LOW");
        };
    }

    private static Problem invalid(String what) {
        return new Problem(ProblemCode.INVALID_VALUE, what);
    }
}
