package dev.sheaf.node.federation;

import dev.sheaf.kernel.ProblemCode;

import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;

import java.nio.charset.StandardCharsets;

/// Problems as statuses of Flight calls.
public final class CallStatuses {
    /// So that a status fits into a header of 8 KiB, in which a byte that is no printable ASCII
    /// takes three.
    private static final int MESSAGE_WRITTEN_MAX = 6000;

    private static final int ESCAPED_BYTES = 3;

    private CallStatuses() {}

    /// @param text cut to what a status can carry
    public static FlightRuntimeException status(ProblemCode code, String text) {
        return new CallStatus(code(code)).withDescription(cut(text)).toRuntimeException();
    }

    private static String cut(String message) {
        int written = 0;
        for (int i = 0; i < message.length(); ) {
            int point = message.codePointAt(i);
            int next = i + Character.charCount(point);
            boolean isPlain = point >= ' ' && point <= '~' && point != '%';
            written +=
                    isPlain
                            ? 1
                            : ESCAPED_BYTES
                                    * Character.toString(point)
                                            .getBytes(StandardCharsets.UTF_8)
                                            .length;
            if (written > MESSAGE_WRITTEN_MAX) {
                return message.substring(0, i) + "…";
            }
            i = next;
        }
        return message;
    }

    private static FlightStatusCode code(ProblemCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> FlightStatusCode.UNAUTHENTICATED;
            case FORBIDDEN, SQL_NOT_ALLOWED -> FlightStatusCode.UNAUTHORIZED;
            case NOT_FOUND -> FlightStatusCode.NOT_FOUND;
            case TIMED_OUT -> FlightStatusCode.TIMED_OUT;
            case CANCELLED -> FlightStatusCode.CANCELLED;
            case BUSY, LIMIT_EXCEEDED, COST_EXCEEDED, TOO_LARGE ->
                    FlightStatusCode.RESOURCE_EXHAUSTED;
            case UNAVAILABLE, STALE, STORAGE_FAILED -> FlightStatusCode.UNAVAILABLE;
            case INTERNAL -> FlightStatusCode.INTERNAL;
            default -> FlightStatusCode.INVALID_ARGUMENT;
        };
    }
}
