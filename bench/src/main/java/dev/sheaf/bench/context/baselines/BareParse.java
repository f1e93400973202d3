package dev.sheaf.bench.context.baselines;

import dev.sheaf.bench.context.Dialogues;
import dev.sheaf.bench.context.EventGenerator;
import dev.sheaf.bench.context.EventGenerator.EventIds;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Jackson's streaming parser over a batch of events as lines of JSON: every token is read and
/// every text decoded, nothing is kept.
public final class BareParse {
    private static final int DOCUMENTS = 10_000;
    private static final int ROUNDS = 8;

    private BareParse() {}

    /// @param events how many, the same in each of the rounds; the fastest round counts
    public static ObjectNode measure(int events, Dialogues dialogues) {
        EventGenerator generator =
                new EventGenerator(7, DOCUMENTS, "us-east-1", EventIds.NUMBERED, dialogues);
        generator.openAll();
        byte[] lines = generator.ndjson(events);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            int parsed = parse(lines);
            long nanos = System.nanoTime() - begin;
            if (parsed != events) {
                throw new IllegalStateException(parsed + " events parsed of " + events);
            }
            best = Math.min(best, nanos);
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("baseline", "bare-parse")
                .put("events", events)
                .put("dialogues", dialogues.source())
                .put("bytesPerEvent", lines.length / events)
                .put("eventsPerSecond", Math.round(events / (best / 1e9)))
                .put("microsPerEvent", Math.round(best / 10.0 / events) / 100.0);
    }

    /// Counts event ids, so that an event which was cut off is missed.
    ///
    /// @param lines events as lines of JSON
    public static int parse(byte[] lines) {
        int eventIds = 0;
        long characters = 0;
        try (JsonParser parser = JsonMapper.shared().createParser(lines)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    if (parser.currentName().equals("eventId")) {
                        eventIds++;
                    }
                } else if (token == JsonToken.VALUE_STRING) {
                    characters += parser.getStringLength();
                } else if (token == JsonToken.VALUE_NUMBER_INT) {
                    characters += parser.getLongValue();
                }
            }
        }
        if (characters == 0) {
            throw new IllegalStateException("the events have no text");
        }
        return eventIds;
    }
}
