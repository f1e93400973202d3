package dev.sheaf.context.patch;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// Reads the operations of a patch from JSON.
public final class PatchReader {
    private PatchReader() {}

    /// @param operations an array of objects with `op` or `type`, `path` and what else they need
    public static List<PatchOperation> read(JsonNode operations) {
        throw new UnsupportedOperationException();
    }
}
