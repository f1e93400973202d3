package dev.sheaf.query;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Set;

/// The text that statements have in common which differ in nothing but values that columns are
/// compared with, how many they are, limits, and where things stand. All such statements read the
/// same columns. Other constants may say which columns are meant: positions in ORDER BY, the
/// pattern of COLUMNS, the names of members.
final class StatementText {
    private static final Set<String> PLACES = Set.of("query_location", "query_location_length");
    private static final String VALUE = "?";

    private final StringBuilder text = new StringBuilder();

    private StatementText() {}

    static String of(JsonNode query) {
        StatementText written = new StatementText();
        written.write(query, false, false);
        return written.text.toString();
    }

    /// @param isValue whether a constant here is one that something is compared with
    /// @param inStar whether it stands in what chooses columns
    private void write(JsonNode node, boolean isValue, boolean inStar) {
        String kind = SyntaxTree.classOf(node);
        if (isValue && kind.equals("CONSTANT")) {
            text.append(VALUE);
        } else if (node.isObject()) {
            boolean chooses = inStar || kind.equals("STAR");
            boolean compares = !chooses && compares(node, kind, isValue);
            text.append('{');
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (!PLACES.contains(member.getKey())) {
                    text.append(member.getKey()).append(':');
                    write(member.getValue(), compares, chooses);
                    text.append(',');
                }
            }
            text.append('}');
        } else if (node.isArray()) {
            elements(node, isValue, inStar);
        } else {
            text.append(node); // as JSON, so that no text can pass for structure
        }
    }

    private static boolean compares(JsonNode node, String kind, boolean isValue) {
        return switch (kind) {
            case "COMPARISON", "BETWEEN" -> true;
            case "OPERATOR" -> SyntaxTree.typeOf(node).endsWith("_IN");
            case "CAST" -> isValue;
            default -> SyntaxTree.typeOf(node).equals("LIMIT_MODIFIER");
        };
    }

    /// Of values in a row, one.
    private void elements(JsonNode nodes, boolean isValue, boolean inStar) {
        text.append('[');
        boolean wasValue = false;
        for (JsonNode node : nodes) {
            boolean isOne = isValue && SyntaxTree.classOf(node).equals("CONSTANT");
            if (!isOne || !wasValue) {
                write(node, isValue, inStar);
                text.append(',');
            }
            wasValue = isOne;
        }
        text.append(']');
    }
}
