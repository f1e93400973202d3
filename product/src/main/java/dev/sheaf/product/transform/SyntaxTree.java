package dev.sheaf.product.transform;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One SELECT as DuckDB parsed it, and the way back to text.
final class SyntaxTree {
    private static final JsonMapper JSON = new JsonMapper();

    private final EngineSession session;
    private final ObjectNode document;

    private SyntaxTree(EngineSession session, ObjectNode document) {
        this.session = session;
        this.document = document;
    }

    /// @throws Problem INVALID_SQL when the text does not parse or is not exactly one SELECT
    static SyntaxTree parse(EngineSession session, String what, String sql) {
        JsonNode parsed;
        try {
            parsed = JSON.readTree(session.parse(sql));
        } catch (EngineProblem e) {
            if (e.kind() != EngineProblem.Kind.INVALID_SQL) {
                throw e;
            }
            throw new Problem(ProblemCode.INVALID_SQL, what + " does not parse: " + e.message(), e);
        }
        if (parsed.path("error").asBoolean()) {
            throw new Problem(
                    ProblemCode.INVALID_SQL,
                    what
                            + " is not one SELECT statement: "
                            + parsed.path("error_message").asString("it does not parse"));
        }
        if (parsed.path("statements").size() != 1) {
            throw new Problem(
                    ProblemCode.INVALID_SQL, what + " must be exactly one SELECT statement");
        }
        return new SyntaxTree(session, (ObjectNode) parsed);
    }

    JsonNode node() {
        return document.path("statements").path(0).path("node");
    }

    ObjectNode document() {
        return document;
    }

    /// The whole statement as text.
    String text() {
        return rendered(document);
    }

    /// An expression of any tree as text.
    String expression(JsonNode expression) {
        SyntaxTree frame = parse(session, "a constant", "SELECT 1");
        ObjectNode copy = (ObjectNode) expression.deepCopy();
        copy.put("alias", "");
        ((ArrayNode) frame.node().path("select_list")).removeAll().add(copy);
        String text = rendered(frame.document);
        return "(" + text.substring("SELECT ".length()) + ")";
    }

    private String rendered(ObjectNode tree) {
        String text = session.render(JSON.writeValueAsString(tree)).strip();
        return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    }
}
