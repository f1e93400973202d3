package dev.sheaf.context;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/// What stands in place of a value that a region may not see. Lower than any value: joined with the
/// value of the same dot, the value stays. It never reaches a reader.
public final class RedactedValue {
    public static final JsonNode INSTANCE = new POJONode("redacted");

    private RedactedValue() {}

    public static boolean is(JsonNode value) {
        return value == INSTANCE;
    }
}
