package dev.sheaf.bench.context;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.bench.context.EventGenerator.EventIds;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

final class EventGeneratorTest {
    private static final int DOCUMENTS = 50;

    @Test
    void theSameSeedGivesTheSameBytes() {
        for (EventIds eventIds : EventIds.values()) {
            assertArrayEquals(
                    generator(11, eventIds).ndjson(1_000), generator(11, eventIds).ndjson(1_000));
        }
    }

    @Test
    void eventsHaveTheDocumentedMembersInOrder() {
        for (ObjectNode event : generator(12, EventIds.NUMBERED).batch(500)) {
            assertEquals(
                    List.of(
                            "eventId",
                            "timestamp",
                            "version",
                            "contextId",
                            "cloudRegion",
                            "eventType",
                            "payload",
                            "metadata"),
                    List.copyOf(event.propertyNames()));
            assertTrue(event.get("eventId").asString().matches("ctx-delta-\\d{10}"));
            assertTrue(
                    event.get("timestamp")
                            .asString()
                            .matches("2026-01-15T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
            assertEquals(event.get("contextId"), event.get("metadata").get("compactionKey"));
        }
    }

    @Test
    void messagesAreAddedOneAfterTheOtherToDocumentsThatExist() {
        Map<String, Integer> messages = new HashMap<>();
        for (ObjectNode event : generator(13, EventIds.NUMBERED).batch(5_000)) {
            String document = event.get("contextId").asString();
            for (JsonNode operation : event.get("payload").get("operations")) {
                String path = operation.get("path").asString();
                if (path.equals("/conversation")) {
                    assertEquals(null, messages.put(document, 0), "made twice");
                } else if (path.startsWith("/conversation/messages/")) {
                    int index = messages.merge(document, 1, Integer::sum) - 1;
                    assertEquals("/conversation/messages/" + index, path);
                } else if (!operation.get("type").asString().equals("ADD")) {
                    assertTrue(messages.containsKey(document), "a change before the document");
                }
            }
        }
        assertEquals(DOCUMENTS, messages.size());
    }

    @Test
    void eventIdsAreDifferent() {
        Set<String> ids = new HashSet<>();
        for (ObjectNode event : generator(14, EventIds.UUID).batch(2_000)) {
            UUID id = UUID.fromString(event.get("eventId").asString());
            assertEquals(4, id.version());
            assertEquals(2, id.variant());
            assertTrue(ids.add(id.toString()));
        }
    }

    @Test
    void documentsHaveDifferentIds() {
        Set<String> ids = new HashSet<>();
        for (int document = 0; document < 100_000; document++) {
            assertTrue(ids.add(EventGenerator.contextId(document)));
        }
    }

    private static EventGenerator generator(long seed, EventIds eventIds) {
        return new EventGenerator(seed, DOCUMENTS, "us-east-1", eventIds, Dialogues.builtIn());
    }
}
