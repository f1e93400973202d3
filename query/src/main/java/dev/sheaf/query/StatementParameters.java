package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The parameters of a parsed statement: `?`, or `$1` and so on.
final class StatementParameters {
    private static final int COUNT_MAX = 10_000;
    private static final Pattern POSITION = Pattern.compile("[1-9]\\d{0,4}");

    private StatementParameters() {}

    /// How many there are.
    ///
    /// @throws Problem SQL_NOT_ALLOWED for one with a name
    static int count(JsonNode tree) {
        int[] count = {0};
        SyntaxTree.each(
                tree,
                node -> {
                    if (isParameter(node)) {
                        count[0] = Math.max(count[0], position(node));
                    }
                });
        return count[0];
    }

    /// Puts a constant in the place of each.
    ///
    /// @throws Problem SQL_NOT_ALLOWED when values are missing or left over
    static void bind(EngineSession session, JsonNode tree, List<ParameterValue> values) {
        int count = count(tree);
        if (count != values.size()) {
            throw new Problem(
                    ProblemCode.SQL_NOT_ALLOWED,
                    values.isEmpty()
                            ? "the statement has parameters (? or $1) and no values for them; over"
                                    + " HTTP write the values into the statement, over Flight SQL"
                                    + " bind them"
                            : "the statement has "
                                    + count
                                    + " parameters, and "
                                    + values.size()
                                    + " values came for them");
        }
        if (count > 0) {
            replace(tree, constants(session, values));
            clear(tree);
        }
    }

    /// All in one call, as each costs a way to the worker and back.
    private static ArrayNode constants(EngineSession session, List<ParameterValue> values) {
        long characters = values.stream().mapToLong(ParameterValue::characters).sum();
        if (characters > QueryConfig.TEXT_CHARACTERS_MAX) {
            throw new Problem(
                    ProblemCode.LIMIT_EXCEEDED,
                    "the values of the parameters have more than "
                            + QueryConfig.TEXT_CHARACTERS_MAX
                            + " characters");
        }
        String select =
                values.stream()
                        .map(ParameterValue::sql)
                        .collect(Collectors.joining(", ", "SELECT ", ""));
        ArrayNode constants = (ArrayNode) SyntaxTree.query(session, select).path("select_list");
        if (constants.size() != values.size()) {
            throw new IllegalArgumentException("a type of a parameter is no type");
        }
        return constants;
    }

    private static void replace(JsonNode node, ArrayNode constants) {
        SyntaxTree.replaceChildren(
                node,
                child -> {
                    if (isParameter(child)) {
                        JsonNode constant = constants.path(position(child) - 1).deepCopy();
                        ((ObjectNode) constant).put("alias", child.path("alias").asString(""));
                        return constant;
                    }
                    replace(child, constants);
                    return child;
                });
    }

    /// The tree lists its parameters as well.
    private static void clear(JsonNode tree) {
        SyntaxTree.each(
                tree,
                node -> {
                    if (node.path("named_param_map") instanceof ArrayNode named) {
                        named.removeAll();
                    }
                });
    }

    /// What DuckDB takes the parameters to be, in DuckDB's words; empty where anything would do.
    ///
    /// @param sql with parameters, over tables that are there
    static List<String> types(EngineSession session, String sql, int count) {
        List<String> found = session.parameterTypes(sql);
        return IntStream.range(0, count)
                .mapToObj(i -> i < found.size() ? certain(found.get(i)) : "")
                .toList();
    }

    private static String certain(String type) {
        return switch (type) {
            case "INVALID", "UNKNOWN", "NULL", "\"NULL\"", "ANY" -> "";
            default -> type;
        };
    }

    private static boolean isParameter(JsonNode node) {
        return SyntaxTree.classOf(node).equals("PARAMETER");
    }

    private static int position(JsonNode parameter) {
        String name = parameter.path("identifier").asString("");
        Matcher number = POSITION.matcher(name);
        if (!number.matches() || Integer.parseInt(name) > COUNT_MAX) {
            throw new Problem(
                    ProblemCode.SQL_NOT_ALLOWED,
                    "parameters are written ? or $1 to $" + COUNT_MAX + ", not with a name");
        }
        return Integer.parseInt(name);
    }
}
