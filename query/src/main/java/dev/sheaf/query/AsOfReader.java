package dev.sheaf.query;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.query.TableResolver.AsOf;

import tools.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Reads the `at_clause` of a table.
final class AsOfReader {
    private AsOfReader() {}

    /// @throws Problem INVALID_SQL when it is no release number or time
    static AsOf read(JsonNode clause) {
        if (clause.isMissingNode() || clause.isNull()) {
            return new AsOf.Current();
        }
        String unit = clause.path("unit").asString("");
        String text = literal(clause.path("expr"));
        return unit.equalsIgnoreCase("VERSION") ? version(text) : timestamp(text);
    }

    private static String literal(JsonNode expression) {
        JsonNode node = expression;
        while (node.path("class").asString("").equals("CAST")) {
            node = node.path("child");
        }
        if (!node.path("class").asString("").equals("CONSTANT")) {
            throw invalid("the version or timestamp of AT must be a number or a text");
        }
        return node.path("literal").path("text").asString("");
    }

    private static AsOf version(String text) {
        try {
            return new AsOf.Release(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw invalid(
                    ErrorTexts.shown(text) + " is not a release number: write AT (VERSION => 3)");
        }
    }

    private static AsOf timestamp(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            if (!iso.contains("T")) {
                return new AsOf.At(LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            String zone = iso.substring(iso.indexOf('T'));
            if (zone.endsWith("Z")) {
                return new AsOf.At(Instant.parse(iso));
            }
            if (zone.contains("+") || zone.contains("-")) {
                String full = zone.matches(".*[+-]\\d\\d") ? iso + ":00" : iso;
                return new AsOf.At(OffsetDateTime.parse(full).toInstant());
            }
            return new AsOf.At(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw invalid(
                    ErrorTexts.shown(text)
                            + " is not a time: write AT (TIMESTAMP => '2026-01-31 12:00:00'), in"
                            + " UTC unless it has an offset");
        }
    }

    private static Problem invalid(String message) {
        return new Problem(ProblemCode.INVALID_SQL, message);
    }
}
