package dev.sheaf.client;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A [Problem] on the wire: `application/problem+json` (RFC 9457).
///
/// @param type identifies the code as a URI
/// @param code a [ProblemCode]'s name; a newer node may send one that this client does not know
/// @param extensions facts about this occurrence, JSON values by name
public record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String code,
        boolean retryable,
        String instance,
        String requestId,
        @JsonAnyGetter Map<String, Object> extensions) {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPE_PREFIX = "https://sheaf.dev/problems/";

    public ProblemBody {
        extensions = Map.copyOf(extensions);
    }

    @JsonCreator
    static ProblemBody read(
            @JsonProperty("type") String type,
            @JsonProperty("title") String title,
            @JsonProperty("status") int status,
            @JsonProperty("detail") String detail,
            @JsonProperty("code") String code,
            @JsonProperty("retryable") boolean retryable,
            @JsonProperty("instance") String instance,
            @JsonProperty("requestId") String requestId,
            @JsonAnySetter Map<String, Object> extensions) {
        return new ProblemBody(
                type, title, status, detail, code, retryable, instance, requestId, extensions);
    }

    public static ProblemBody of(Problem problem, String requestId) {
        ProblemCode code = problem.code();
        String words = code.name().toLowerCase(Locale.ROOT);
        Map<String, Object> extensions = new LinkedHashMap<>(problem.details());
        extensions.keySet().removeIf(ProblemBody::isOwnMember);
        return new ProblemBody(
                TYPE_PREFIX + words.replace('_', '-'),
                title(words),
                code.httpStatus(),
                problem.message(),
                code.name(),
                code.retryable(),
                "urn:sheaf:request:" + requestId,
                requestId,
                extensions);
    }

    /// This with one more fact.
    public ProblemBody with(String name, Object fact) {
        Map<String, Object> more = new LinkedHashMap<>(extensions);
        more.put(name, fact);
        return new ProblemBody(
                type, title, status, detail, code, retryable, instance, requestId, more);
    }

    /// The exception that stands for it; its details hold the extensions and `requestId`.
    public Problem toProblem() {
        Map<String, Object> details = new LinkedHashMap<>(extensions);
        details.put("requestId", requestId);
        return new Problem(knownCode(), detail, details, null);
    }

    private ProblemCode knownCode() {
        for (ProblemCode known : ProblemCode.values()) {
            if (known.name().equals(code)) {
                return known;
            }
        }
        return codeOf(status);
    }

    /// The nearest code for an answer that is not one of ours, from a proxy for example.
    static ProblemCode codeOf(int status) {
        return switch (status) {
            case 401 -> ProblemCode.UNAUTHENTICATED;
            case 403 -> ProblemCode.FORBIDDEN;
            case 404 -> ProblemCode.NOT_FOUND;
            case 409 -> ProblemCode.CONFLICT;
            case 412 -> ProblemCode.PRECONDITION_FAILED;
            case 413 -> ProblemCode.TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            case 429, 503 -> ProblemCode.BUSY;
            case 502 -> ProblemCode.UNAVAILABLE;
            case 504 -> ProblemCode.TIMED_OUT;
            default -> status >= 500 ? ProblemCode.INTERNAL : ProblemCode.BAD_REQUEST;
        };
    }

    private static String title(String words) {
        String spaced = words.replace('_', ' ');
        return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }

    private static boolean isOwnMember(String name) {
        return switch (name) {
            case "type",
                    "title",
                    "status",
                    "detail",
                    "code",
                    "retryable",
                    "instance",
                    "requestId" ->
                    true;
            default -> false;
        };
    }
}
