package dev.sheaf.governance.decision;

/// Masks as SQL expressions in DuckDB's dialect, of the column's own type, so that statements work
/// the same with and without them. Where a mask cannot be of that type the column is shown empty.
public final class MaskSql {
    /// The function that tokens are made by, of a text and the key: [TextTokens]. It is none of
    /// DuckDB's; who executes the expressions brings it along.
    ///
    /// [TextTokens]: dev.sheaf.governance.mask.TextTokens
    public static final String TOKENISE = "sheaf_tokenise";

    private final String key;

    /// @param key of the hashes, hexadecimal digits; whoever has it can try values out
    public MaskSql(String key) {
        if (!key.matches("[0-9a-f]{32,}")) {
            throw new IllegalArgumentException("the key of masks is no hexadecimal text");
        }
        this.key = key;
    }

    /// @param column its name
    /// @param sqlType of the column in DuckDB
    public String expression(Mask mask, String column, String sqlType) {
        String name = quoted(column);
        boolean isText = sqlType.equals("VARCHAR");
        return switch (mask) {
            case Mask.Nothing none -> nothing(sqlType);
            case Mask.Fixed(String text) ->
                    isText ? literal(text) : "TRY_CAST(" + literal(text) + " AS " + sqlType + ")";
            case Mask.Hash hash ->
                    isText
                            ? "sha256(concat(" + literal(key) + ", " + name + "))"
                            : isWhole(sqlType)
                                    ? "CAST(hash(concat("
                                            + literal(key)
                                            + ", CAST("
                                            + name
                                            + " AS VARCHAR))) % 2147483647 AS "
                                            + sqlType
                                            + ")"
                                    : nothing(sqlType);
            case Mask.Partial partial -> isText ? partial(partial, name) : nothing(sqlType);
            case Mask.ToPeriod(String period) ->
                    isDated(sqlType)
                            ? "CAST(date_trunc("
                                    + literal(period)
                                    + ", "
                                    + name
                                    + ") AS "
                                    + sqlType
                                    + ")"
                            : nothing(sqlType);
            case Mask.ToRange(java.math.BigDecimal width) ->
                    isNumber(sqlType)
                            ? "CAST(floor("
                                    + name
                                    + " / "
                                    + width.toPlainString()
                                    + ") * "
                                    + width.toPlainString()
                                    + " AS "
                                    + sqlType
                                    + ")"
                            : nothing(sqlType);
            case Mask.Tokenise token -> isText ? token(name) : nothing(sqlType);
            case Mask.Sql(String expression) -> "CAST((" + expression + ") AS " + sqlType + ")";
        };
    }

    private static String nothing(String sqlType) {
        return "CAST(NULL AS " + sqlType + ")";
    }

    private static boolean isWhole(String sqlType) {
        return sqlType.equals("BIGINT") || sqlType.equals("INTEGER") || sqlType.equals("HUGEINT");
    }

    private static boolean isNumber(String sqlType) {
        return isWhole(sqlType)
                || sqlType.equals("DOUBLE")
                || sqlType.equals("FLOAT")
                || sqlType.startsWith("DECIMAL");
    }

    private static boolean isDated(String sqlType) {
        return sqlType.equals("DATE") || sqlType.startsWith("TIMESTAMP");
    }

    /// Stars are as many as the characters that they stand for, but for a text that would be shown
    /// whole: of that nothing is shown.
    private static String partial(Mask.Partial mask, String name) {
        String length = "length(" + name + ")";
        int kept = mask.first() + mask.last();
        String otherwise =
                starred(length, String.valueOf(kept), mask.first(), length + " - " + kept, name)
                        + (mask.last() == 0 ? "" : " || right(" + name + ", " + mask.last() + ")")
                        + " END";
        if (mask.from().isEmpty()) {
            return otherwise;
        }
        String place = "instr(" + name + ", " + literal(mask.from()) + ")";
        return "CASE WHEN "
                + place
                + " > 0 THEN "
                + starred(
                        place + " - 1",
                        String.valueOf(mask.first()),
                        mask.first(),
                        place + " - 1 - " + mask.first(),
                        name)
                + " || substr("
                + name
                + ", "
                + place
                + ") END ELSE "
                + otherwise
                + " END";
    }

    /// All stars where `length` is at most `kept`, else the first characters and some stars; the
    /// CASE stays open. NULL stays NULL.
    private static String starred(
            String length, String kept, int first, String stars, String name) {
        return "CASE WHEN "
                + length
                + " <= "
                + kept
                + " THEN repeat('*', length("
                + name
                + ")) ELSE "
                + (first == 0 ? "" : "left(" + name + ", " + first + ") || ")
                + "repeat('*', "
                + stars
                + ")";
    }

    private String token(String name) {
        return TOKENISE + "(" + name + ", " + literal(key) + ")";
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
