package dev.sheaf.context.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Lane;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.document.RedactedValue;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The batches of `spec/context-vectors.json`, byte for byte. To write the file anew after the
/// format was changed on purpose, with a new version: `-Dsheaf.vectors=write`.
final class VectorsTest {
    private static final Path FILE =
            Path.of(System.getProperty("sheaf.repo"), "spec", "context-vectors.json");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int AWS = 0;
    private static final int AZURE = 1;
    private static final long HLC = Hlc.of(Instant.parse("2026-01-15T14:30:00Z").toEpochMilli(), 0);

    private final ActorTable actors = new ActorTable();
    private final Map<String, List<Event>> batches = new LinkedHashMap<>();

    VectorsTest() {
        actors.indexOf(ActorId.parse("aws/us-east-1#1"));
        actors.indexOf(ActorId.parse("azure/westeurope#2"));
        JsonNode message =
                JSON.readTree("{\"role\": \"user\", \"content\": \"What's my account balance?\"}");
        Step list = new Step.Key("messages");
        List<Step> messages = List.of(new Step.Key("conversation"), list);
        batches.put(
                "the example of section 2, as the fifth event of its stream",
                List.of(
                        event(
                                "ctx-delta-1234567890",
                                AWS,
                                5,
                                1,
                                VersionVector.of(4, 17),
                                new Op.Insert(
                                        messages,
                                        Dot.of(AWS, 5),
                                        Dot.of(AZURE, 17),
                                        0,
                                        List.of(message)))));
        batches.put(
                "two events that follow each other: sequence, clock and id are told as differences",
                List.of(
                        event(
                                "e-0001",
                                AWS,
                                1,
                                1,
                                VersionVector.EMPTY,
                                assign("status", JSON.readTree("\"OPEN\""))),
                        event(
                                "e-0002",
                                AWS,
                                2,
                                1,
                                VersionVector.of(1, 3),
                                assign("status", JSON.readTree("\"DONE\"")))));
        batches.put(
                "every operation",
                List.of(
                        event(
                                "0b0e7c1e-8f3a-4c57-9a5e-3f6a2d9c1b42",
                                AZURE,
                                9,
                                4,
                                VersionVector.of(2, 8),
                                new Op.Assign(
                                        List.of(),
                                        JSON.readTree("{\"a\": [1, 2]}"),
                                        Dot.of(AZURE, 9)),
                                new Op.Remove(List.of(new Step.Key("b"))),
                                new Op.Increment(
                                        List.of(new Step.Key("n")), new BigDecimal("-2.5")),
                                new Op.Include(
                                        List.of(new Step.Key("tags")),
                                        List.of(JSON.readTree("\"x\""))),
                                new Op.Exclude(
                                        List.of(new Step.Key("tags")),
                                        List.of(JSON.readTree("\"y\""))),
                                new Op.Insert(
                                        messages,
                                        Dot.of(AZURE, 11),
                                        Dot.of(AWS, 1),
                                        Dot.of(AWS, 2),
                                        List.of(message)),
                                new Op.Delete(messages, List.of(new Op.Run(Dot.of(AWS, 1), 2))),
                                new Op.Move(
                                        messages,
                                        Dot.of(AZURE, 12),
                                        Dot.of(AWS, 1),
                                        0,
                                        Dot.of(AWS, 2)),
                                new Op.Assign(
                                        List.of(list, new Step.Element(Dot.of(AWS, 2))),
                                        RedactedValue.INSTANCE,
                                        0))));
        batches.put(
                "erasures",
                List.of(
                        event("erase-1", AWS, 7, 1, VersionVector.of(6), new Op.Erase()),
                        event(
                                "erase-2",
                                AWS,
                                8,
                                1,
                                VersionVector.of(7),
                                new Op.EraseSubject("customer-42"))));
        batches.put("values", List.of(event("v", AWS, 1, 1, VersionVector.EMPTY, values())));
    }

    private static Op values() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        all.addNull().add(true).add(false).add(0).add(63).add(64).add(-1).add(Long.MIN_VALUE);
        all.add(0.5).add(new BigDecimal("12345678901234567890.5")).add("").add("ü😀");
        all.add("x".repeat(128)).add(JSON.readTree("{\"k\": {}}"));
        return new Op.Assign(List.of(new Step.Key("values")), all, 0);
    }

    private static Op assign(String key, JsonNode value) {
        return new Op.Assign(List.of(new Step.Key(key)), value, 0);
    }

    private static Event event(
            String id, int actor, long sequence, int width, VersionVector context, Op... ops) {
        return new Event(
                id,
                EventKind.CONTEXT_DELTA,
                "support.conversation",
                "user-session-abc123",
                "1.2",
                actor,
                sequence,
                width,
                HLC + sequence * 65_536,
                context.with(actor, sequence - 1),
                Lane.CRITICAL,
                "agent-7",
                3_600,
                "",
                List.of(ops));
    }

    @Test
    void batchesAreThoseOfTheFileByteForByte() throws IOException {
        if ("write".equals(System.getProperty("sheaf.vectors"))) {
            Files.writeString(
                    FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(file()) + "\n");
        }
        JsonNode file = JSON.readTree(Files.readString(FILE));
        assertEquals(1, file.get("version").intValue());
        assertEquals(batches.size(), file.get("batches").size());
        int index = 0;
        for (Map.Entry<String, List<Event>> batch : batches.entrySet()) {
            JsonNode vector = file.get("batches").get(index++);
            assertEquals(batch.getKey(), vector.get("what").stringValue());
            assertEquals(vector.get("hex").stringValue(), hex(batch.getValue()), batch.getKey());
            assertEquals(batch.getValue(), read(vector.get("hex").stringValue()), batch.getKey());
        }
    }

    private ObjectNode file() {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("version", 1);
        file.put(
                "about",
                "Batches of spec/context.md section 5.1, not compressed; scope eu, shard 3; actors"
                        + " aws/us-east-1#1 and azure/westeurope#2. Checked by VectorsTest.");
        ArrayNode list = file.putArray("batches");
        batches.forEach((what, events) -> {
            ObjectNode vector = list.addObject().put("what", what).put("hex", hex(events));
            ArrayNode described = vector.putArray("events");
            events.forEach(event -> described.add(event.toString()));
        });
        return file;
    }

    private String hex(List<Event> events) {
        BatchWriter writer = new BatchWriter(actors);
        events.forEach(event -> writer.add("eu", 3, event));
        try (BatchCompression none = BatchCompression.none()) {
            return HexFormat.of().formatHex(writer.finish(none));
        }
    }

    private List<Event> read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        List<Event> events = new ArrayList<>();
        try (BatchDecompression decompression = new BatchDecompression(id -> Optional.empty())) {
            new BatchReader(decompression, actors::indexOf)
                    .read(bytes, 0, bytes.length, (scope, shard, event) -> events.add(event));
        }
        return events;
    }
}
