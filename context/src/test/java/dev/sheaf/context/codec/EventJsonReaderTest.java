package dev.sheaf.context.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.EventKind;
import dev.sheaf.context.Lane;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

final class EventJsonReaderTest {
    private static final String EXAMPLE =
            """
            {"eventId": "ctx-delta-1234567890", "timestamp": "2026-01-15T14:30:00.000Z", "version": "1.2",
             "contextId": "user-session-abc123", "cloudRegion": "us-east-1", "eventType": "CONTEXT_DELTA",
             "payload": {"operations": [{"type": "ADD", "path": "/conversation/messages/5",
                                         "value": {"role": "user", "content": "What's my account balance?"}}]},
             "metadata": {"priority": "HIGH", "ttl": 3600, "compactionKey": "user-session-abc123"}}
            """;

    private final List<IncomingEvent> events = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Integer> answered = new ArrayList<>();

    @Test
    void readsTheSpecificationsExample() {
        read(EXAMPLE);
        IncomingEvent event = events.getFirst();
        assertEquals("ctx-delta-1234567890", event.eventId());
        assertEquals(Instant.parse("2026-01-15T14:30:00Z").toEpochMilli(), event.timestampMillis());
        assertEquals("user-session-abc123", event.documentId());
        assertEquals(EventKind.CONTEXT_DELTA, event.kind());
        assertEquals(Lane.CRITICAL, event.lane().orElseThrow());
        assertEquals(3_600, event.ttlSeconds());
        PatchOperation operation = event.operations().getFirst();
        assertEquals(PatchOperation.Kind.ADD, operation.kind());
        assertEquals("/conversation/messages/5", operation.path());
        assertEquals("user", operation.value().orElseThrow().get("role").stringValue());
    }

    @Test
    void readsManyInLinesOrInAnArray() {
        read(EXAMPLE.repeat(3));
        assertEquals(3, events.size());
        events.clear();
        read("[" + EXAMPLE + "," + EXAMPLE + "]");
        assertEquals(2, events.size());
        assertEquals(List.of(), problems);
    }

    @Test
    void readsCloudEvents() {
        read(
                """
                {"specversion": "1.0", "id": "ctx-delta-1234567890", "source": "/contexts/support.conversation",
                 "type": "dev.sheaf.context.delta", "subject": "user-session-abc123",
                 "datacontenttype": "application/json", "data": %s}
                """
                        .formatted(EXAMPLE));
        assertEquals("ctx-delta-1234567890", events.getFirst().eventId());
    }

    @Test
    void aBadEventDoesNotStopTheOthers() {
        read(
                EXAMPLE
                        + EXAMPLE.replace("\"ADD\"", "\"MERGE\"")
                        + EXAMPLE.replace("CONTEXT_DELTA", "CONTEXT_STATE")
                        + "17 "
                        + EXAMPLE.replace("2026-01-15T14:30:00.000Z", "yesterday")
                        + EXAMPLE.replace("\"eventId\": \"ctx-delta-1234567890\",", "")
                        + EXAMPLE.replace("3600", "-1")
                        + EXAMPLE);
        assertEquals(2, events.size());
        assertEquals(6, problems.size());
        assertTrue(problems.getFirst().message().contains("'MERGE'"), problems.getFirst()::message);
        assertTrue(problems.get(1).message().contains("payload.state"));
        assertTrue(problems.get(3).message().contains("yesterday"));
        assertTrue(problems.get(4).message().contains("eventId"));
        assertTrue(problems.get(5).message().contains("-1"));
    }

    @Test
    void whatIsNoJsonIsRefusedFromThereOn() {
        read(EXAMPLE + "{\"eventId\": }" + EXAMPLE);
        assertEquals(1, events.size());
        assertEquals(ProblemCode.BAD_REQUEST, problems.getFirst().code());
    }

    @Test
    void tenThousandLevelsAreRefused() {
        read(
                EXAMPLE.replace(
                        "{\"role\": \"user\", \"content\": \"What's my account balance?\"}",
                        "[".repeat(10_000)));
        assertEquals(0, events.size());
        assertTrue(problems.getFirst().message().contains("depth"), problems.getFirst()::message);
    }

    @Test
    void numbersKeepTheirValue() {
        EventJsonReader reader = new EventJsonReader(100);
        for (String number :
                List.of(
                        "0",
                        "-1",
                        "9223372036854775807",
                        "12345678901234567890",
                        "0.1",
                        "1.5",
                        "1e300",
                        "0.1234567890123456789012345",
                        "123456789.123456789123456789")) {
            assertEquals(
                    0,
                    new java.math.BigDecimal(number)
                            .compareTo(
                                    reader.value(number.getBytes(StandardCharsets.UTF_8))
                                            .decimalValue()),
                    number);
        }
        assertEquals("1", reader.value("1.0".getBytes(StandardCharsets.UTF_8)).toString());
    }

    @Test
    void timestampsOfAllFormsAreRead() {
        for (String text :
                List.of(
                        "2026-01-15T14:30:00Z",
                        "2026-02-28T23:59:59.9Z",
                        "2026-01-15T14:30:00.123456Z",
                        "2026-01-15T14:30:00+02:00",
                        "2024-02-29T00:00:00Z",
                        "1969-12-31T23:59:59.999Z")) {
            assertEquals(
                    java.time.OffsetDateTime.parse(text).toInstant().toEpochMilli(),
                    Timestamps.parse(text),
                    text);
        }
        for (String text :
                List.of(
                        "",
                        "2026-13-01T00:00:00Z",
                        "2026-02-30T00:00:00Z",
                        "2026-01-15T25:00:00Z",
                        "2026-01-15 14:30:00Z")) {
            assertThrows(Problem.class, () -> Timestamps.parse(text), text);
        }
    }

    private void read(String json) {
        answered.clear();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        int count =
                new EventJsonReader(100)
                        .read(
                                bytes,
                                0,
                                bytes.length,
                                new EventJsonReader.Receiver() {
                                    @Override
                                    public void event(int index, IncomingEvent event) {
                                        events.add(event);
                                        answered.add(index);
                                    }

                                    @Override
                                    public void refused(int index, Problem problem) {
                                        problems.add(problem);
                                        answered.add(index);
                                    }
                                });
        assertEquals(IntStream.range(0, count).boxed().toList(), answered, "each gets one answer");
    }
}
