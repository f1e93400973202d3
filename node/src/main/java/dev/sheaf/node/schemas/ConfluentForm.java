package dev.sheaf.node.schemas;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.http.ForeignCallers;
import dev.sheaf.node.http.Reply;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What clients of Confluent's interface expect: a password for a token, and errors with numbers.
final class ConfluentForm implements ForeignCallers {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final List<String> MEDIA_TYPES =
            List.of(MEDIA_TYPE, "application/vnd.schemaregistry+json", "application/json");

    /// The first of the types of this interface that the caller takes; the usual one where it says
    /// none of them.
    static String mediaType(Optional<String> accept) {
        return Arrays.stream(accept.orElse("").split(","))
                .map(type -> type.split(";", 2)[0].strip())
                .filter(MEDIA_TYPES::contains)
                .findFirst()
                .orElse(MEDIA_TYPE);
    }

    @Override
    public Reply reply(Problem problem, String requestId, Optional<String> mediaType) {
        int number = SchemaFaults.number(problem);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error_code", number);
        body.put("message", problem.message());
        return new Reply.Bytes(
                SchemaFaults.status(number, problem.code()),
                MEDIA_TYPE,
                Wire.json().writeValueAsBytes(body),
                Map.of());
    }
}
