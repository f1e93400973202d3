package dev.sheaf.node.flightsql;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.queries.CostLimit;

import io.grpc.Metadata;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// On what terms a caller's statements run, as the headers of a call say; their names are those of
/// the HTTP API's fields, without regard to case. A JDBC client sends properties of its connection
/// as such headers.
///
/// @param purpose what the data is wanted for; empty when it is not said
record StatementTerms(
        String purpose,
        Optional<Duration> timeout,
        OptionalLong rowsMax,
        boolean isPartial,
        Optional<Money> costMax) {
    private static final Metadata.Key<String> PURPOSE = key("purpose");
    private static final Metadata.Key<String> TIMEOUT = key("timeoutseconds");
    private static final Metadata.Key<String> ROWS_MAX = key("rowsmax");
    private static final Metadata.Key<String> PARTIAL = key("partial");
    private static final Metadata.Key<String> COST_MAX = key("costmax");

    /// @param currency of prices here
    /// @throws Problem BAD_REQUEST, INVALID_VALUE
    static StatementTerms of(Metadata headers, String currency) {
        return new StatementTerms(
                text(headers, PURPOSE).orElse(""),
                number(headers, TIMEOUT).map(Duration::ofSeconds),
                number(headers, ROWS_MAX).map(OptionalLong::of).orElse(OptionalLong.empty()),
                flag(headers),
                text(headers, COST_MAX).map(limit -> CostLimit.parse(limit, currency)));
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static Optional<String> text(Metadata headers, Metadata.Key<String> key) {
        return Optional.ofNullable(headers.get(key)).filter(text -> !text.isBlank());
    }

    private static Optional<Long> number(Metadata headers, Metadata.Key<String> key) {
        return text(headers, key).map(text -> number(key.originalName(), text));
    }

    private static long number(String name, String text) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 1 && number <= Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw noNumber(name, text, e);
        }
        throw noNumber(name, text, null);
    }

    private static Problem noNumber(
            String name, String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.BAD_REQUEST,
                "the header " + name + " is '" + text + "': write a whole number from 1",
                cause);
    }

    private static boolean flag(Metadata headers) {
        String text = text(headers, PARTIAL).orElse("false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new Problem(
                            ProblemCode.BAD_REQUEST,
                            "the header partial is '" + text + "': write true or false");
        };
    }
}
