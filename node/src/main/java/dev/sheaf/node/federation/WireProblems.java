package dev.sheaf.node.federation;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.apache.arrow.flight.FlightRuntimeException;

import java.util.Optional;

/// Problems as statuses of calls, both ways (spec/federation.md, 4): the status's text is
/// `sheaf:CODE:message`.
final class WireProblems {
    private static final String MARK = "sheaf:";

    private WireProblems() {}

    static FlightRuntimeException status(Problem problem) {
        return CallStatuses.status(
                problem.code(), MARK + problem.code().name() + ":" + problem.message());
    }

    /// What a region said, with its name.
    static Problem problem(RegionName region, FlightRuntimeException cause) {
        return said(region, cause).orElseGet(() -> ofTransport(region, cause));
    }

    /// Empty when it is not the region that speaks, but the way to it.
    static Optional<Problem> said(RegionName region, FlightRuntimeException cause) {
        String text = cause.status().description();
        int end = text == null || !text.startsWith(MARK) ? -1 : text.indexOf(':', MARK.length());
        if (text == null || end < 0) {
            return Optional.empty();
        }
        String name = text.substring(MARK.length(), end);
        String message = region + ": " + text.substring(end + 1);
        for (ProblemCode code : ProblemCode.values()) {
            if (code.name().equals(name)) {
                return Optional.of(new Problem(code, message, cause));
            }
        }
        return Optional.of(new Problem(ProblemCode.INTERNAL, name + " of " + message, cause));
    }

    private static Problem ofTransport(RegionName region, FlightRuntimeException cause) {
        String text = cause.status().description();
        String why = text == null ? cause.status().code().name() : text;
        return switch (cause.status().code()) {
            case TIMED_OUT ->
                    new Problem(ProblemCode.TIMED_OUT, region + " has not answered in time", cause);
            case UNAUTHORIZED, UNAUTHENTICATED ->
                    new Problem(
                            ProblemCode.UNAVAILABLE,
                            region + " does not take this region for one of its mesh: " + why,
                            cause);
            case UNIMPLEMENTED ->
                    new Problem(
                            ProblemCode.UNAVAILABLE,
                            region + " answers no sub-queries; its node is older than this one",
                            cause);
            case RESOURCE_EXHAUSTED ->
                    new Problem(
                            ProblemCode.LIMIT_EXCEEDED,
                            "an answer of " + region + " is too large for a message: " + why,
                            cause);
            // Cancelled by the other side: its node stops.
            case CANCELLED,
                    OK,
                    UNKNOWN,
                    INTERNAL,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    UNAVAILABLE ->
                    new Problem(
                            ProblemCode.UNAVAILABLE,
                            region + " cannot be reached, or is gone: " + why,
                            cause);
        };
    }
}
