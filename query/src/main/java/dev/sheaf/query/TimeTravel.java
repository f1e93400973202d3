package dev.sheaf.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Brings the SQL standard's and other engines' words for time travel to DuckDB's.
///
/// `t FOR VERSION AS OF 3 AS o` becomes `t AS o AT (VERSION => 3)`; likewise `SYSTEM_VERSION`,
/// `TIMESTAMP` and `SYSTEM_TIME`, the alias before or after. Text, comments and quoted names stay
/// as they are.
final class TimeTravel {
    private static final int WORDS = 4; // FOR x AS OF

    /// Words that can follow a table without being its alias.
    private static final Set<String> NO_ALIAS =
            Set.of(
                    "WHERE",
                    "JOIN",
                    "INNER",
                    "LEFT",
                    "RIGHT",
                    "FULL",
                    "CROSS",
                    "NATURAL",
                    "ASOF",
                    "POSITIONAL",
                    "SEMI",
                    "ANTI",
                    "ON",
                    "USING",
                    "GROUP",
                    "ORDER",
                    "HAVING",
                    "WINDOW",
                    "QUALIFY",
                    "LIMIT",
                    "OFFSET",
                    "FETCH",
                    "UNION",
                    "INTERSECT",
                    "EXCEPT",
                    "PIVOT",
                    "UNPIVOT",
                    "TABLESAMPLE",
                    "SELECT",
                    "FOR",
                    "OUTER",
                    "LATERAL");

    private final String sql;
    private final List<SqlToken> tokens;

    private TimeTravel(String sql, List<SqlToken> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    static String rewrite(String sql) {
        return new TimeTravel(sql, SqlTokens.of(sql)).rewrite();
    }

    private String rewrite() {
        StringBuilder result = new StringBuilder();
        int copied = 0;
        for (int i = 0; i + WORDS < tokens.size(); i++) {
            String unit = unitAt(i);
            int valueEnd = unit.isEmpty() ? 0 : valueEnd(i + WORDS);
            if (valueEnd == 0) {
                continue;
            }
            int aliasEnd = aliasEnd(valueEnd);
            result.append(sql, copied, tokens.get(i).start());
            if (aliasEnd > valueEnd) {
                result.append(text(valueEnd, aliasEnd)).append(' ');
            }
            result.append("AT (")
                    .append(unit)
                    .append(" => ")
                    .append(text(i + WORDS, valueEnd))
                    .append(')');
            copied = tokens.get(aliasEnd - 1).end();
            i = aliasEnd - 1;
        }
        return copied == 0 ? sql : result.append(sql.substring(copied)).toString();
    }

    private String unitAt(int index) {
        if (!tokens.get(index).isWord("FOR")
                || !tokens.get(index + 2).isWord("AS")
                || !tokens.get(index + 3).isWord("OF")
                || tokens.get(index + 1).kind() != SqlToken.Kind.WORD) {
            return "";
        }
        return switch (tokens.get(index + 1).upper()) {
            case "VERSION", "SYSTEM_VERSION" -> "VERSION";
            case "TIMESTAMP", "SYSTEM_TIME" -> "TIMESTAMP";
            default -> "";
        };
    }

    /// After a number, a text, or a type's name and a text; 0 when there is none of these.
    private int valueEnd(int index) {
        SqlToken first = tokens.get(index);
        return switch (first.kind()) {
            case NUMBER, STRING -> index + 1;
            case WORD -> {
                boolean typed =
                        Set.of("TIMESTAMP", "TIMESTAMPTZ", "DATE").contains(first.upper())
                                && index + 1 < tokens.size()
                                && tokens.get(index + 1).kind() == SqlToken.Kind.STRING;
                yield typed ? index + 2 : 0;
            }
            case QUOTED_NAME, SYMBOL -> 0;
        };
    }

    private int aliasEnd(int index) {
        int name = index < tokens.size() && tokens.get(index).isWord("AS") ? index + 1 : index;
        if (name >= tokens.size()) {
            return index;
        }
        SqlToken token = tokens.get(name);
        boolean isName =
                switch (token.kind()) {
                    case QUOTED_NAME -> true;
                    case WORD -> name > index || !NO_ALIAS.contains(token.upper());
                    case NUMBER, STRING, SYMBOL -> false;
                };
        return isName ? name + 1 : index;
    }

    private String text(int from, int to) {
        List<String> parts = new ArrayList<>();
        tokens.subList(from, to).forEach(token -> parts.add(token.text()));
        return String.join(" ", parts);
    }
}
