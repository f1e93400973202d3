package dev.sheaf.schemas.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON documents in one form. They are read strictly: no name twice, no more than 200 levels,
/// nothing after the end.
public final class JsonText {
    private JsonText() {}

    /// The shortest form, members in the order they came.
    ///
    /// @throws dev.sheaf.kernel.Problem INVALID_VALUE when it is not JSON
    public static String compact(String text) {
        return write(JsonSchema.tree(text));
    }

    /// The shortest form, members sorted by name.
    ///
    /// @throws dev.sheaf.kernel.Problem INVALID_VALUE when it is not JSON
    public static String sorted(String text) {
        return write(Sorted.of(JsonSchema.tree(text)));
    }

    static String write(JsonNode tree) {
        return JsonMapper.shared().writeValueAsString(tree);
    }
}
