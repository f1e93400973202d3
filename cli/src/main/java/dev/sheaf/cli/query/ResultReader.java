package dev.sheaf.cli.query;

import dev.sheaf.client.ResultStream;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads a JSON result whole. Decimals stay as they are written: `2.50` is not `2.5`.
public final class ResultReader {
    private static final JsonMapper EXACT =
            Wire.json().rebuild().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private ResultReader() {}

    /// @param stream in JSON; it is closed
    public static ResultTable read(ResultStream stream) {
        try (stream) {
            return EXACT.readValue(stream.body(), ResultTable.class);
        } catch (JacksonException e) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "the node's answer is not a result: " + e.getOriginalMessage(),
                    e);
        }
    }
}
