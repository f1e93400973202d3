package dev.sheaf.product.transform;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/// When does an expression's CAST fail? As a condition that knows that only one branch of a CASE is
/// evaluated.
final class CastFaults {
    private final SyntaxTree tree;
    private final List<String> values = new ArrayList<>();

    CastFaults(SyntaxTree tree) {
        this.tree = tree;
    }

    /// Makes every CAST below the node a TRY_CAST.
    static void tryCasts(JsonNode node) {
        if (node instanceof ObjectNode object && SqlGuard.text(object, "class").equals("CAST")) {
            object.put("try_cast", true);
        }
        node.forEach(CastFaults::tryCasts);
    }

    /// The condition, or an empty text when there are no casts that can fail.
    String condition(JsonNode node) {
        String kind = node instanceof ObjectNode object ? SqlGuard.text(object, "class") : "";
        return switch (kind) {
            case "CAST" -> cast((ObjectNode) node);
            case "CASE" -> branches((ObjectNode) node);
            case "LAMBDA" -> {
                refuseCasts(node, "a lambda");
                yield "";
            }
            default -> any(node);
        };
    }

    private String any(JsonNode node) {
        List<String> parts = new ArrayList<>();
        node.forEach(child -> {
            String part = condition(child);
            if (!part.isEmpty()) {
                parts.add(part);
            }
        });
        return parts.isEmpty() ? "" : "(" + String.join(" OR ", parts) + ")";
    }

    private String cast(ObjectNode node) {
        String inner = condition(node.path("child"));
        if (node.path("try_cast").asBoolean()) {
            return inner;
        }
        String child = tried(node.path("child"));
        String failed = "(" + child + " IS NOT NULL AND " + tried(node) + " IS NULL)";
        values.add("CASE WHEN " + failed + " THEN CAST(" + child + " AS VARCHAR) END");
        return inner.isEmpty() ? failed : "(" + inner + " OR " + failed + ")";
    }

    private String branches(ObjectNode node) {
        StringBuilder text = new StringBuilder("(CASE");
        boolean fails = false;
        for (JsonNode check : node.path("case_checks")) {
            String when = condition(check.path("when_expr"));
            String then = condition(check.path("then_expr"));
            fails |= !when.isEmpty() || !then.isEmpty();
            if (!when.isEmpty()) {
                text.append(" WHEN ").append(when).append(" THEN true");
            }
            text.append(" WHEN ")
                    .append(tried(check.path("when_expr")))
                    .append(" THEN ")
                    .append(then.isEmpty() ? "false" : then);
        }
        String otherwise = condition(node.path("else_expr"));
        fails |= !otherwise.isEmpty();
        text.append(" ELSE ").append(otherwise.isEmpty() ? "false" : otherwise).append(" END)");
        return fails ? text.toString() : "";
    }

    private String tried(JsonNode node) {
        JsonNode copy = node.deepCopy();
        tryCasts(copy);
        return tree.expression(copy);
    }

    /// @throws Problem SQL_NOT_ALLOWED when there is a CAST below the node that can fail
    static void refuseCasts(JsonNode node, String where) {
        if (node instanceof ObjectNode object
                && SqlGuard.text(object, "class").equals("CAST")
                && !object.path("try_cast").asBoolean()) {
            throw new Problem(
                    ProblemCode.SQL_NOT_ALLOWED,
                    "the transform (sheaf.transform) has a CAST inside "
                            + where
                            + ", whose failure could not be told; use TRY_CAST there");
        }
        node.forEach(child -> refuseCasts(child, where));
    }

    /// The first value that could not be cast, as SQL of type VARCHAR.
    String value() {
        return values.isEmpty() ? "NULL" : "coalesce(" + String.join(", ", values) + ")";
    }
}
