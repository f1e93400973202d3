package dev.sheaf.cli.query;

import dev.sheaf.cli.query.SqlText.Kind;
import dev.sheaf.cli.query.SqlText.Token;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// `--as-of`: reads every product of a statement as it was.
///
/// Adds `AT (…)` behind each `domain.product` that follows FROM, JOIN or a comma of a FROM clause;
/// one that has its own `AT` or `FOR … AS OF` keeps it.
///
/// @param clause for example `AT (VERSION => 3)`
record AsOf(String clause) {
    private static final Pattern RELEASE = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Set<String> END_OF_FROM =
            Set.of(
                    "where",
                    "group",
                    "having",
                    "window",
                    "qualify",
                    "order",
                    "limit",
                    "union",
                    "select",
                    "intersect",
                    "except");

    /// @param text a release number, a date (its beginning in UTC) or an instant
    static AsOf parse(String text) {
        if (RELEASE.matcher(text).matches()) {
            return new AsOf("AT (VERSION => " + text + ")");
        }
        try {
            Instant instant =
                    text.indexOf('T') > 0
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            return new AsOf("AT (TIMESTAMP => '" + instant + "')");
        } catch (DateTimeParseException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "--as-of '"
                            + text
                            + "' is neither a release number nor a moment: write 3, 2026-11-20 or"
                            + " 2026-11-20T09:30:00Z",
                    e);
        }
    }

    String applyTo(String sql) {
        List<Token> tokens =
                SqlText.tokens(sql).stream().filter(token -> token.kind() != Kind.COMMENT).toList();
        StringBuilder text = new StringBuilder();
        int copied = 0;
        FromClauses clauses = new FromClauses();
        for (int index = 0; index < tokens.size(); index++) {
            if (clauses.opensTable(tokens.get(index))
                    && isTable(tokens, index + 1)
                    && !hasOwn(tokens, index + 4)) {
                int end = tokens.get(index + 3).end();
                text.append(sql, copied, end).append(' ').append(clause);
                copied = end;
            }
        }
        return text.append(sql, copied, sql.length()).toString();
    }

    /// Follows where FROM clauses begin and end, parentheses taken into account.
    private static final class FromClauses {
        private final BitSet insideAtDepth = new BitSet();
        private int depth;

        /// Whether a table may stand behind this token.
        boolean opensTable(Token token) {
            if (token.isSign('(')) {
                depth++;
                insideAtDepth.clear(depth);
            } else if (token.isSign(')') && depth > 0) {
                depth--;
            } else if (token.is("from") || token.is("join")) {
                insideAtDepth.set(depth);
                return true;
            } else if (token.kind() == Kind.WORD && END_OF_FROM.contains(token.name())) {
                insideAtDepth.clear(depth);
            }
            return token.isSign(',') && insideAtDepth.get(depth);
        }
    }

    private static boolean isTable(List<Token> tokens, int at) {
        return at + 2 < tokens.size()
                && tokens.get(at).kind() == Kind.WORD
                && tokens.get(at + 1).isSign('.')
                && tokens.get(at + 2).kind() == Kind.WORD
                && (at + 3 >= tokens.size()
                        || !(tokens.get(at + 3).isSign('(') || tokens.get(at + 3).isSign('.')));
    }

    private static boolean hasOwn(List<Token> tokens, int at) {
        return at + 1 < tokens.size()
                && ((tokens.get(at).is("at") && tokens.get(at + 1).isSign('('))
                        || (tokens.get(at).is("for")
                                && (tokens.get(at + 1).is("version")
                                        || tokens.get(at + 1).is("timestamp"))));
    }
}
