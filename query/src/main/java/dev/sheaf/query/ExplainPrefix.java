package dev.sheaf.query;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.List;
import java.util.Set;

/// A statement parted into its EXPLAIN, if any, and the query.
///
/// @param explain `EXPLAIN …` in our own words, or empty
/// @param query what follows it
record ExplainPrefix(String explain, String query) {
    private static final Set<String> FORMATS = Set.of("TEXT", "JSON");

    /// @throws Problem SQL_NOT_ALLOWED for ANALYZE and options that are not known
    static ExplainPrefix of(String sql) {
        List<SqlToken> tokens = SqlTokens.of(sql);
        if (tokens.isEmpty() || !tokens.getFirst().isWord("EXPLAIN")) {
            return new ExplainPrefix("", sql);
        }
        if (tokens.size() > 1 && tokens.get(1).isWord("ANALYZE")) {
            throw denied();
        }
        boolean hasOptions =
                tokens.size() > 5
                        && tokens.get(1).isSymbol('(')
                        && (tokens.get(2).isWord("FORMAT") || tokens.get(2).isWord("ANALYZE"));
        if (!hasOptions) {
            return new ExplainPrefix("EXPLAIN ", sql.substring(tokens.getFirst().end()));
        }
        if (!tokens.get(2).isWord("FORMAT")
                || !FORMATS.contains(tokens.get(3).upper())
                || !tokens.get(4).isSymbol(')')) {
            throw denied();
        }
        return new ExplainPrefix(
                "EXPLAIN (FORMAT " + tokens.get(3).upper() + ") ",
                sql.substring(tokens.get(4).end()));
    }

    boolean isExplain() {
        return !explain.isEmpty();
    }

    /// Whether DuckDB's own plan is asked for, in its own form.
    boolean isJson() {
        return explain.contains("JSON");
    }

    private static Problem denied() {
        return new Problem(
                ProblemCode.SQL_NOT_ALLOWED,
                "of EXPLAIN only EXPLAIN and EXPLAIN (FORMAT TEXT|JSON) are allowed");
    }
}
