package dev.sheaf.registry.search;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where a page ended: its last hit, and a digest of what was asked for. As scores depend on the
/// document alone, the next page begins behind it whatever was added or removed meanwhile.
final class Cursor {
    private Cursor() {}

    static String of(SearchRequest request, HitCollector.Found last) {
        byte[] name = last.name().getBytes(StandardCharsets.UTF_8);
        byte[] bytes =
                ByteBuffer.allocate(2 * Integer.BYTES + name.length)
                        .putInt(digest(request))
                        .putFloat(last.score())
                        .put(name)
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// @throws Problem BAD_REQUEST for one of another search, or none at all
    static HitCollector.Found read(SearchRequest request, String cursor) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() > 2 * Integer.BYTES && bytes.getInt() == digest(request)) {
                float score = bytes.getFloat();
                String name = StandardCharsets.UTF_8.decode(bytes).toString();
                return new HitCollector.Found(0, score, name);
            }
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
        throw wrong(null);
    }

    private static int digest(SearchRequest request) {
        int filters = 0;
        for (Facet facet : request.filters().keySet()) {
            filters = filters * 31 + facet.key().hashCode();
            int values = 0;
            for (String value : request.filters().getOrDefault(facet, java.util.Set.of())) {
                values += value.hashCode();
            }
            filters += values;
        }
        return request.text().hashCode() * 31 + filters;
    }

    private static Problem wrong(@org.jspecify.annotations.Nullable IllegalArgumentException e) {
        return new Problem(
                ProblemCode.BAD_REQUEST,
                "the cursor does not belong to this search: take 'next' of the page before, with"
                        + " the same words and filters, or none",
                e);
    }
}
