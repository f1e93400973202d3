package dev.sheaf.query;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns DuckDB's errors into problems that a caller may see.
///
/// DuckDB shows values of rows, paths of files and the text of views. What is kept: the kind, the
/// position, and of errors in the statement's own names the first sentence, as long as each quoted
/// word in it stands in the statement itself.
final class ErrorTexts {
    private static final int SHOWN_CHARACTERS_MAX = 80;
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
    private static final Pattern TYPE = Pattern.compile("([A-Z][A-Za-z ]{2,30}) Error: ?");

    private ErrorTexts() {}

    static Problem problem(EngineProblem cause, String sql) {
        String message = cause.message();
        return switch (cause.kind()) {
            case INVALID_SQL ->
                    new Problem(
                            ProblemCode.INVALID_SQL,
                            sentence(message, sql),
                            position(message, sql),
                            null);
            case DATA ->
                    new Problem(
                            ProblemCode.INVALID_SQL,
                            "a value could not be computed ("
                                    + type(message)
                                    + "); use try_cast,"
                                    + " nullif or a filter where values may not fit");
            case FILE, STORAGE ->
                    new Problem(
                            ProblemCode.UNAVAILABLE,
                            "files of the data or for spilling could not be used; try again, and"
                                    + " tell the operator if it stays");
            case OUT_OF_MEMORY ->
                    new Problem(
                            ProblemCode.LIMIT_EXCEEDED,
                            "the statement needs more memory than a query may use; reduce the"
                                    + " columns, groups or rows it holds at once");
            case CANCELLED -> new Problem(ProblemCode.CANCELLED, "the query was cancelled");
            case TIMED_OUT -> new Problem(ProblemCode.TIMED_OUT, "the query ran out of time");
            case WORKER_DIED ->
                    new Problem(
                            ProblemCode.UNAVAILABLE,
                            "the process that ran the query died; try again");
            case INTERNAL ->
                    new Problem(ProblemCode.INTERNAL, "the query failed inside the SQL engine");
        };
    }

    /// A syntax error as `json_serialize_sql` reports it.
    ///
    /// @param offset of the first character in error, in `sql`, or negative
    static Problem syntax(String message, int offset, String sql) {
        return new Problem(
                ProblemCode.INVALID_SQL, sentence(message, sql), place(sql, offset), null);
    }

    /// A name as it may stand in a message.
    static String shown(String name) {
        StringBuilder text = new StringBuilder("'");
        name.codePoints()
                .limit(SHOWN_CHARACTERS_MAX)
                .forEach(
                        point -> text.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return text.append(name.length() > SHOWN_CHARACTERS_MAX ? "…'" : "'").toString();
    }

    private static String type(String message) {
        Matcher matcher = TYPE.matcher(message);
        return matcher.lookingAt() ? matcher.group(1).toLowerCase(Locale.ROOT) : "data";
    }

    private static String sentence(String message, String sql) {
        String first = message.lines().findFirst().orElse("");
        Matcher prefix = TYPE.matcher(first);
        String text = prefix.lookingAt() ? first.substring(prefix.end()) : first;
        String lowerSql = sql.toLowerCase(Locale.ROOT);
        StringBuilder shown = new StringBuilder();
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            String word = quoted.group(1) != null ? quoted.group(1) : quoted.group(2);
            boolean own = lowerSql.contains(word.toLowerCase(Locale.ROOT));
            quoted.appendReplacement(
                    shown, Matcher.quoteReplacement(own ? quoted.group() : "\"…\""));
        }
        quoted.appendTail(shown);
        return "the statement is not valid: " + shown + candidates(message);
    }

    /// Columns of the governed views that an unknown one may have meant.
    private static String candidates(String message) {
        return message.lines()
                .filter(line -> line.startsWith("Candidate bindings"))
                .findFirst()
                .map(line -> " " + line)
                .orElse("");
    }

    private static Map<String, Object> position(String message, String sql) {
        Matcher quoted = QUOTED.matcher(message.lines().findFirst().orElse(""));
        while (quoted.find()) {
            String word = quoted.group(1) != null ? quoted.group(1) : quoted.group(2);
            Optional<SqlToken> found = find(SqlTokens.of(sql), word);
            if (found.isPresent()) {
                return place(sql, found.get().start());
            }
        }
        return Map.of();
    }

    private static Optional<SqlToken> find(List<SqlToken> tokens, String word) {
        return tokens.stream()
                .filter(token -> token.text().replace("\"", "").equalsIgnoreCase(word))
                .findFirst();
    }

    private static Map<String, Object> place(String sql, int offset) {
        if (offset < 0 || offset > sql.length()) {
            return Map.of();
        }
        String before = sql.substring(0, offset);
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("line", before.chars().filter(c -> c == '\n').count() + 1);
        place.put("column", (long) offset - before.lastIndexOf('\n'));
        return place;
    }
}
