package dev.sheaf.product.ingest;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;

import java.util.stream.Collectors;

/// JSON text to nested values. DuckDB's cast demands every member of a struct and knows no optional
/// ones, so members that are absent are put in as nulls first; members that the contract does not
/// know still make the cast fail, and so do numbers that it would round.
final class NestedJson {
    private static final String VARIABLE = "x";

    private NestedJson() {}

    /// An expression over text that holds JSON; null when the text does not fit the type.
    static String value(String raw, ColumnType type) {
        String json = complete("TRY_CAST(" + raw + " AS JSON)", type, 0);
        return "TRY(CAST(" + json + " AS " + SqlText.type(type) + "))";
    }

    private static String complete(String json, ColumnType type, int depth) {
        return switch (type) {
            case ColumnType.Struct struct -> object(json, struct, depth);
            case ColumnType.ListOf list -> array(json, list.element(), depth);
            case ColumnType.Decimal _ -> exact(json, SqlText.type(type));
            case Primitive primitive ->
                    primitive == Primitive.INT || primitive == Primitive.LONG
                            ? exact(json, SqlText.type(type))
                            : json;
            case ColumnType.MapOf _ -> json;
        };
    }

    /// A number that the type would round becomes something that is no number.
    private static String exact(String json, String type) {
        String text = "json_extract_string(" + json + ", '$')";
        return "CASE WHEN TRY_CAST("
                + text
                + " AS "
                + type
                + ") <> TRY_CAST("
                + text
                + " AS DOUBLE) THEN CAST('\"inexact\"' AS JSON) ELSE "
                + json
                + " END";
    }

    private static String object(String json, ColumnType.Struct struct, int depth) {
        String names =
                struct.fields().stream()
                        .map(field -> SqlText.text(field.name()))
                        .collect(Collectors.joining(", "));
        String members =
                struct.fields().stream()
                        .map(field ->
                                SqlText.text(field.name())
                                        + ", "
                                        + complete(
                                                "json_extract("
                                                        + json
                                                        + ", "
                                                        + SqlText.text(pointer(field.name()))
                                                        + ")",
                                                field.type(),
                                                depth))
                        .collect(Collectors.joining(", "));
        return "CASE WHEN json_type("
                + json
                + ") = 'OBJECT' AND list_has_all(["
                + names
                + "], json_keys("
                + json
                + ")) THEN json_object("
                + members
                + ") ELSE "
                + json
                + " END";
    }

    private static String array(String json, ColumnType element, int depth) {
        String variable = VARIABLE + depth;
        String inner = complete(variable, element, depth + 1);
        if (inner.equals(variable)) {
            return json;
        }
        return "CASE WHEN json_type("
                + json
                + ") = 'ARRAY' THEN to_json(list_transform(json_extract("
                + json
                + ", '$[*]'), lambda "
                + variable
                + ": "
                + inner
                + ")) ELSE "
                + json
                + " END";
    }

    /// A JSON Pointer (RFC 6901) to a member.
    static String pointer(String member) {
        return "/" + member.replace("~", "~0").replace("/", "~1");
    }
}
