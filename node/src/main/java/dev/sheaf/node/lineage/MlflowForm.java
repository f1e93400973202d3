package dev.sheaf.node.lineage;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.ForeignCallers;
import dev.sheaf.node.http.Reply;

import java.util.Map;
import java.util.Optional;

/// What MLflow's clients expect: errors with a word that they turn into their own exceptions.
final class MlflowForm implements ForeignCallers {
    /// The member of a problem's details that holds the word, where the problem's code alone would
    /// not tell it.
    private static final String WORD = "error_code";

    private static final int NOT_IMPLEMENTED = 501;

    /// A model of that name is there already.
    static Problem exists(String message) {
        return new Problem(
                ProblemCode.BAD_REQUEST, message, Map.of(WORD, "RESOURCE_ALREADY_EXISTS"), null);
    }

    /// The answer to what this registry does not do.
    static Reply refusal(String message) {
        return reply(NOT_IMPLEMENTED, "NOT_IMPLEMENTED", message);
    }

    @Override
    public Reply reply(Problem problem, String requestId, Optional<String> mediaType) {
        return reply(
                problem.code().httpStatus(),
                Optional.ofNullable(problem.details().get(WORD))
                        .map(String::valueOf)
                        .orElse(word(problem)),
                problem.message());
    }

    private static Reply reply(int status, String word, String message) {
        return new Reply.Bytes(
                status,
                "application/json",
                Wire.json().writeValueAsBytes(Map.of("error_code", word, "message", message)),
                Map.of());
    }

    private static String word(Problem problem) {
        return switch (problem.code()) {
            case UNAUTHENTICATED -> "UNAUTHENTICATED";
            case FORBIDDEN, SQL_NOT_ALLOWED -> "PERMISSION_DENIED";
            case NOT_FOUND -> "RESOURCE_DOES_NOT_EXIST";
            case CONFLICT, PRECONDITION_FAILED -> "RESOURCE_CONFLICT";
            case TOO_LARGE, LIMIT_EXCEEDED -> "RESOURCE_LIMIT_EXCEEDED";
            case BUSY, UNAVAILABLE, STALE -> "TEMPORARILY_UNAVAILABLE";
            case TIMED_OUT -> "DEADLINE_EXCEEDED";
            default ->
                    problem.code().httpStatus() < 500
                            ? "INVALID_PARAMETER_VALUE"
                            : "INTERNAL_ERROR";
        };
    }
}
