package dev.sheaf.bench.context;

import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// JSON events in the shape that the context engine takes and gives, for sessions of a support
/// chat: 60 % add a message (every third of them counts it too), 25 % replace a field, 15 %
/// increment a counter. A document's first event makes it, so a stream is valid from an empty store
/// on; [#openAll()] makes them all beforehand.
///
/// The stream is a function of the constructor's arguments. Not safe for threads; endless.
public final class EventGenerator {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = JsonMapper.shared();
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant BEGIN = Instant.parse("2026-01-15T14:30:00.000Z");
    private static final long FIRST_NUMBER = 1_234_567_890L;

    private final SessionDraw draw;
    private final SplittableRandom envelope;
    private final String region;
    private final EventIds eventIds;
    private final int[] messages;
    private final boolean[] open;
    private long number = FIRST_NUMBER;
    private Instant time = BEGIN;

    /// How events are named.
    public enum EventIds {
        /// `ctx-delta-1234567890`, counting.
        NUMBERED,
        /// Random UUIDs, which no dictionary shortens.
        UUID
    }

    /// @param documents how many sessions there are, 1 to 16 million
    /// @param region the origin that every event names, as in `us-east-1`
    public EventGenerator(
            long seed, int documents, String region, EventIds eventIds, Dialogues dialogues) {
        this.draw = new SessionDraw(seed, documents, dialogues);
        this.envelope = new SplittableRandom(~seed);
        this.region = region;
        this.eventIds = eventIds;
        this.messages = new int[documents];
        this.open = new boolean[documents];
    }

    /// The id of a document, different for each number below 16 million.
    public static String contextId(int document) {
        // An odd factor permutes the numbers of 24 bits.
        return String.format("user-session-%06x", (document * 0x9E3779B1) & 0xFFFFFF);
    }

    /// The events that make every document which is not made yet.
    public List<ObjectNode> openAll() {
        List<ObjectNode> events = new ArrayList<>();
        for (int document = 0; document < open.length; document++) {
            if (!open[document]) {
                events.add(opening(document));
            }
        }
        return events;
    }

    public ObjectNode next() {
        int document = draw.document();
        if (!open[document]) {
            return opening(document);
        }
        ArrayNode operations = JSON.arrayNode();
        int percent = draw.percent();
        if (percent < 60) {
            String path = "/conversation/messages/" + messages[document];
            messages[document]++;
            operations.add(operation("ADD", path).set("value", draw.message(document)));
            if (percent < 20) {
                operations.add(operation("INCREMENT", "/usage/turns").put("value", 1));
            }
        } else if (percent < 85) {
            String field = draw.field();
            operations.add(
                    operation("REPLACE", "/session/" + field).set("value", draw.value(field)));
        } else {
            String counter = draw.counter();
            operations.add(
                    operation("INCREMENT", "/usage/" + counter).put("value", draw.step(counter)));
        }
        return event(document, operations);
    }

    public List<ObjectNode> batch(int events) {
        List<ObjectNode> batch = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            batch.add(next());
        }
        return batch;
    }

    /// The next events as compact JSON, each followed by a line feed, in UTF-8.
    public byte[] ndjson(int events) {
        return ndjson(batch(events));
    }

    public static byte[] ndjson(List<ObjectNode> events) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(events.size() * 400);
        for (ObjectNode event : events) {
            lines.writeBytes(MAPPER.writeValueAsBytes(event));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private ObjectNode opening(int document) {
        open[document] = true;
        ObjectNode session = JSON.objectNode();
        for (String field : SessionDraw.FIELDS) {
            session.set(field, draw.value(field));
        }
        ObjectNode conversation = JSON.objectNode();
        conversation.putArray("messages");
        ObjectNode usage = JSON.objectNode();
        for (String counter : SessionDraw.COUNTERS) {
            usage.put(counter, 0);
        }
        ArrayNode operations = JSON.arrayNode();
        operations.add(operation("ADD", "/session").set("value", session));
        operations.add(operation("ADD", "/conversation").set("value", conversation));
        operations.add(operation("ADD", "/usage").set("value", usage));
        return event(document, operations);
    }

    private static ObjectNode operation(String type, String path) {
        return JSON.objectNode().put("type", type).put("path", path);
    }

    private ObjectNode event(int document, ArrayNode operations) {
        time = time.plusMillis(envelope.nextInt(3));
        String id = contextId(document);
        ObjectNode event = JSON.objectNode();
        event.put("eventId", eventId());
        event.put("timestamp", TIMESTAMP.format(time));
        event.put("version", "1.2");
        event.put("contextId", id);
        event.put("cloudRegion", region);
        event.put("eventType", "CONTEXT_DELTA");
        event.putObject("payload").set("operations", operations);
        event.putObject("metadata")
                .put("priority", priority(envelope.nextInt(10)))
                .put("ttl", 3600)
                .put("compactionKey", id);
        return event;
    }

    private String eventId() {
        return switch (eventIds) {
            case NUMBERED -> "ctx-delta-" + number++;
            case UUID ->
                    new UUID(
                                    envelope.nextLong() & ~0xF000L | 0x4000L,
                                    envelope.nextLong() >>> 2 | 1L << 63)
                            .toString();
        };
    }

    private static String priority(int draw) {
        return draw < 2 ? "HIGH" : draw < 8 ? "MEDIUM" : "LOW";
    }
}
