package dev.sheaf.node.lineage;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An array of events, of which each keeps its bytes.
final class EventArray {
    private static final JsonMapper JSON = JsonMapper.shared();

    private EventArray() {}

    /// Whether the text begins as an array.
    static boolean isArray(byte[] text) {
        for (byte each : text) {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return each == '[';
            }
        }
        return false;
    }

    /// @throws Problem BAD_REQUEST when it is no JSON array, TOO_LARGE when it has more elements
    static List<byte[]> split(byte[] text, int max) {
        List<byte[]> events = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int first = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
                parser.skipChildren();
                int end =
                        parser.currentToken().isScalarValue()
                                ? first
                                : Math.toIntExact(parser.currentLocation().getByteOffset());
                events.add(Arrays.copyOfRange(text, first, Math.max(end, first + 1)));
                if (events.size() > max) {
                    throw new Problem(
                            ProblemCode.TOO_LARGE,
                            "more than " + max + " lineage events in one request");
                }
            }
            if (parser.nextToken() != null) {
                throw new Problem(
                        ProblemCode.BAD_REQUEST, "there is more after the array of events");
            }
            return events;
        } catch (JacksonException e) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the events are no JSON array: " + e.getOriginalMessage(),
                    e);
        }
    }
}
