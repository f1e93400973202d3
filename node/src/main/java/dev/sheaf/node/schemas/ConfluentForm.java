package dev.sheaf.node.schemas;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.http.ForeignCallers;
import dev.sheaf.node.http.Reply;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What clients of Confluent's interface expect: a password for a token, and errors with numbers.
final class ConfluentForm implements ForeignCallers {
    static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

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
