package dev.sheaf.contract.internal;

import dev.sheaf.contract.ColumnType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Reads type texts as the usual engines write them: `varchar(20)`, `numeric(18,2)`, `timestamp(6)
/// with time zone`, `struct<a:int,b:array<string>>`, `ROW(a integer)`, `STRUCT("a b" INTEGER)[]`,
/// `map<string,int>`, `Nullable(Int32)`.
///
/// What a simple name means is the caller's business: engines disagree.
public final class TypeText {
    private static final int DEPTH_MAX = 32;

    private final String text;
    private final Function<Simple, Optional<ColumnType>> names;
    private int next;
    private int depth;

    /// A name without nested types: lower case, single spaces, and the numbers in brackets.
    public record Simple(String name, List<Integer> parameters) {
        public Simple {
            parameters = List.copyOf(parameters);
        }
    }

    private TypeText(String text, Function<Simple, Optional<ColumnType>> names) {
        this.text = text;
        this.names = names;
    }

    /// Empty when the text has no such form or a name in it is not known.
    public static Optional<ColumnType> parse(
            String text, Function<Simple, Optional<ColumnType>> names) {
        TypeText parser = new TypeText(text, names);
        Optional<ColumnType> type = parser.type();
        parser.spaces();
        return parser.next == text.length() ? type : Optional.empty();
    }

    private Optional<ColumnType> type() {
        if (++depth > DEPTH_MAX) {
            return Optional.empty();
        }
        Optional<ColumnType> type = suffixed();
        depth--;
        return type;
    }

    /// `T[]` and `T[3]` are lists.
    private Optional<ColumnType> suffixed() {
        Optional<ColumnType> type = plain();
        while (type.isPresent() && take('[')) {
            number();
            if (!take(']')) {
                return Optional.empty();
            }
            type = type.map(element -> new ColumnType.ListOf(element, false));
        }
        return type;
    }

    private Optional<ColumnType> plain() {
        String name = word();
        return switch (name) {
            case "struct", "row", "record", "object", "tuple" -> struct(name);
            case "array", "list" -> list(name);
            case "map" -> map();
            case "nullable", "lowcardinality" -> wrapped();
            default -> name.isEmpty() ? Optional.empty() : simple(name);
        };
    }

    private Optional<ColumnType> wrapped() {
        if (!take('(')) {
            return Optional.empty();
        }
        Optional<ColumnType> inner = type();
        return take(')') ? inner : Optional.empty();
    }

    private Optional<ColumnType> list(String name) {
        char end = open();
        if (end == ' ') {
            return names.apply(new Simple(name, List.of()));
        }
        Optional<ColumnType> element = type();
        boolean required = notNull();
        return take(end)
                ? element.map(type -> new ColumnType.ListOf(type, required))
                : Optional.empty();
    }

    private Optional<ColumnType> map() {
        char end = open();
        if (end == ' ') {
            return Optional.empty();
        }
        Optional<ColumnType> key = type();
        if (key.isEmpty() || !take(',')) {
            return Optional.empty();
        }
        Optional<ColumnType> value = type();
        boolean required = notNull();
        return value.isPresent() && take(end)
                ? Optional.of(new ColumnType.MapOf(key.get(), value.get(), required))
                : Optional.empty();
    }

    private Optional<ColumnType> struct(String name) {
        char end = open();
        if (end == ' ') {
            return names.apply(new Simple(name, List.of()));
        }
        List<ColumnType.Field> fields = new ArrayList<>();
        do {
            String field = fieldName();
            take(':');
            Optional<ColumnType> type = type();
            if (field.isEmpty() || type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(new ColumnType.Field(field, type.get(), notNull()));
        } while (take(','));
        return take(end) ? Optional.of(new ColumnType.Struct(fields)) : Optional.empty();
    }

    private Optional<ColumnType> simple(String first) {
        StringBuilder name = new StringBuilder(first);
        List<Integer> parameters = new ArrayList<>();
        if (take('(')) {
            do {
                if (literal()) {
                    continue;
                }
                Optional<Integer> number = number();
                if (number.isEmpty()) {
                    return Optional.empty();
                }
                parameters.add(number.get());
                word();
            } while (take(','));
            if (!take(')')) {
                return Optional.empty();
            }
        }
        for (String more = laterWord(); !more.isEmpty(); more = laterWord()) {
            name.append(' ').append(more);
        }
        return names.apply(new Simple(name.toString(), parameters));
    }

    /// Skips a quoted text, as the members of an enumeration are.
    private boolean literal() {
        spaces();
        if (next >= text.length() || text.charAt(next) != '\'') {
            return false;
        }
        quotedName('\'');
        return true;
    }

    /// Words such as `precision`, `unsigned`, `varying`, `with time zone`; `not null` is left.
    private String laterWord() {
        int start = next;
        String word = word();
        if (word.equals("not") || word.equals("comment")) {
            next = start;
            return "";
        }
        if (!word.isEmpty() && take('(')) {
            next = start;
            return "";
        }
        return word;
    }

    private boolean notNull() {
        int start = next;
        if (word().equals("not") && word().equals("null")) {
            return true;
        }
        next = start;
        return false;
    }

    private char open() {
        return take('<') ? '>' : take('(') ? ')' : ' ';
    }

    private boolean take(char wanted) {
        spaces();
        if (next < text.length() && text.charAt(next) == wanted) {
            next++;
            return true;
        }
        return false;
    }

    private Optional<Integer> number() {
        spaces();
        int start = next;
        while (next < text.length() && Character.isDigit(text.charAt(next))) {
            next++;
        }
        String digits = text.substring(start, next);
        if (digits.isEmpty()) {
            String word = word();
            return word.equals("max") ? Optional.of(Integer.MAX_VALUE) : Optional.empty();
        }
        return digits.length() > 9
                ? Optional.of(Integer.MAX_VALUE)
                : Optional.of(Integer.parseInt(digits));
    }

    private String word() {
        spaces();
        int start = next;
        while (next < text.length()
                && (Character.isLetterOrDigit(text.charAt(next)) || text.charAt(next) == '_')) {
            next++;
        }
        return text.substring(start, next).toLowerCase(Locale.ROOT);
    }

    private String fieldName() {
        spaces();
        if (next < text.length() && (text.charAt(next) == '"' || text.charAt(next) == '`')) {
            return quotedName(text.charAt(next));
        }
        int start = next;
        while (next < text.length() && isNamePart(text.charAt(next))) {
            next++;
        }
        return text.substring(start, next);
    }

    private String quotedName(char quote) {
        StringBuilder name = new StringBuilder();
        next++;
        while (next < text.length()) {
            char c = text.charAt(next++);
            if (c != quote) {
                name.append(c);
            } else if (next < text.length() && text.charAt(next) == quote) {
                name.append(quote);
                next++;
            } else {
                return name.toString();
            }
        }
        return "";
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '$' || c == '.';
    }

    private void spaces() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
    }
}
