package dev.sheaf.node.spans;

import com.google.protobuf.MessageLite;
import com.google.rpc.Status;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.ForeignCallers;
import dev.sheaf.node.http.Reply;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What exporters are told, in the encoding that they have sent: the response of an export, or a
/// `google.rpc.Status` (OpenTelemetry Protocol 1.x, "OTLP/HTTP Response").
final class OtlpAnswers implements ForeignCallers {
    static final String JSON = "application/json";
    static final String PROTOBUF = "application/x-protobuf";

    private static final int OK = 200;
    private static final String AGAIN_SECONDS = "2";

    /// `INVALID_ARGUMENT` and `UNAVAILABLE` of google.rpc.Code; clients go by the status of HTTP.
    private static final int INVALID = 3;

    private static final int UNAVAILABLE = 14;

    /// A `google.rpc.Status` in JSON.
    private record Told(int code, String message) {}

    static boolean isJson(String type) {
        return type.startsWith(JSON);
    }

    static boolean isProtobuf(String type) {
        return type.startsWith(PROTOBUF);
    }

    /// @param refused how many spans; a reason is told when there are some
    static Reply taken(boolean isJson, int refused, String why) {
        return isJson ? json(refused, why) : protobuf(refused, why);
    }

    private static Reply json(int refused, String why) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (refused > 0) {
            answer.put(
                    "partialSuccess",
                    Map.of("rejectedSpans", Integer.toString(refused), "errorMessage", why));
        }
        return Reply.json(answer);
    }

    private static Reply protobuf(int refused, String why) {
        ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
        if (refused > 0) {
            answer.getPartialSuccessBuilder().setRejectedSpans(refused).setErrorMessage(why);
        }
        return bytes(OK, answer.build(), Map.of());
    }

    @Override
    public Reply reply(Problem problem, String requestId, Optional<String> mediaType) {
        boolean again = problem.code().retryable();
        int code = again ? UNAVAILABLE : INVALID;
        Map<String, String> headers = again ? Map.of("Retry-After", AGAIN_SECONDS) : Map.of();
        String message = problem.message() + " (" + problem.code() + ", request " + requestId + ")";
        int status = problem.code().httpStatus();
        return mediaType.filter(OtlpAnswers::isProtobuf).isPresent()
                ? bytes(
                        status,
                        Status.newBuilder().setCode(code).setMessage(message).build(),
                        headers)
                : new Reply.Json(status, new Told(code, message), headers);
    }

    private static Reply bytes(int status, MessageLite message, Map<String, String> headers) {
        return new Reply.Bytes(status, PROTOBUF, message.toByteArray(), headers);
    }

    static Problem noSuchType(String type) {
        return new Problem(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "spans are taken as " + JSON + " or " + PROTOBUF + ", not as '" + type + "'");
    }
}
