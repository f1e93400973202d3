package dev.sheaf.client;

import tools.jackson.databind.DeserializationFeature;

import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What of a document or a write travels in headers.
final class DocumentHeaders {
    private static final String UNKNOWN = "unknown";

    private DocumentHeaders() {}

    static Map<String, String> of(String mediaType, ContextWrite write) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!mediaType.isEmpty()) {
            headers.put("Content-Type", mediaType);
        }
        write.eventId().ifPresent(text -> headers.put("Sheaf-Event-Id", text));
        write.schemaVersion().ifPresent(text -> headers.put("Sheaf-Schema-Version", text));
        write.priority().ifPresent(text -> headers.put("Sheaf-Priority", text));
        write.ttl().ifPresent(text -> headers.put("Sheaf-Ttl", text));
        write.compactionKey().ifPresent(text -> headers.put("Sheaf-Compaction-Key", text));
        write.ifMatch().ifPresent(text -> headers.put("If-Match", '"' + text + '"'));
        if (write.ifAbsent()) {
            headers.put("If-None-Match", "*");
        }
        return headers;
    }

    static ContextDocument document(byte[] body, HttpHeaders headers) {
        String staleness = headers.firstValue("Sheaf-Staleness-Ms").orElse(UNKNOWN);
        return new ContextDocument(
                Wire.json()
                        .reader()
                        .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .readTree(body),
                text(headers, "Sheaf-Schema-Version"),
                text(headers, "ETag").replace("\"", ""),
                text(headers, "Sheaf-Context-Token"),
                staleness.equals(UNKNOWN)
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(staleness)),
                Integer.parseInt(headers.firstValue("Sheaf-Conflicts").orElse("0")),
                pointers(text(headers, "Sheaf-Redacted")),
                pointers(text(headers, "Sheaf-Masked")),
                Optional.of(text(headers, "Sheaf-Expires-At"))
                        .filter(text -> !text.isEmpty())
                        .map(Instant::parse));
    }

    private static List<String> pointers(String header) {
        return header.isEmpty()
                ? List.of()
                : Arrays.stream(header.split(", *", -1))
                        .map(pointer -> URLDecoder.decode(pointer, StandardCharsets.UTF_8))
                        .toList();
    }

    private static String text(HttpHeaders headers, String name) {
        return headers.firstValue(name).orElse("");
    }
}
