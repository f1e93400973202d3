package dev.sheaf.contract.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/// Reads the text form of a Parquet schema.
final class ParquetParser {
    private static final int DEPTH_MAX = 64;

    private final StringTokenizer tokens;
    private String token = "";

    /// @param annotation without its outer brackets, for example `LIST` or `DECIMAL(9,2)`
    sealed interface Field {
        String name();

        String repetition();

        String annotation();
    }

    record Group(String name, String repetition, String annotation, List<Field> fields)
            implements Field {
        Group {
            fields = List.copyOf(fields);
        }
    }

    /// @param storage for example `int64` or `fixed_len_byte_array`
    record Leaf(String name, String repetition, String annotation, String storage)
            implements Field {}

    ParquetParser(String text) {
        this.tokens = new StringTokenizer(text, " \t\r\n{}(),;=", true);
        advance();
    }

    Group message() {
        expect("message");
        String name = take();
        Group group = new Group(name, "required", "", fields(0));
        if (!token.isEmpty()) {
            throw unexpected("the end");
        }
        return group;
    }

    private List<Field> fields(int depth) {
        if (depth > DEPTH_MAX) {
            throw Columns.unreadable("a Parquet schema", "nested too deeply");
        }
        expect("{");
        List<Field> fields = new ArrayList<>();
        while (!token.equals("}")) {
            fields.add(field(depth));
        }
        advance();
        return fields;
    }

    private Field field(int depth) {
        String repetition = ParquetText.word(take());
        if (!List.of("required", "optional", "repeated").contains(repetition)) {
            throw Columns.unreadable(
                    "a Parquet schema",
                    "'" + repetition + "' where required, optional or repeated must stand");
        }
        String storage = ParquetText.word(take());
        if (token.equals("(")) {
            brackets();
        }
        String name = take();
        String annotation = token.equals("(") ? brackets() : "";
        if (token.equals("=")) {
            advance();
            advance();
        }
        if (storage.equals("group")) {
            return new Group(name, repetition, annotation, fields(depth + 1));
        }
        expect(";");
        return new Leaf(name, repetition, annotation, storage);
    }

    private String brackets() {
        StringBuilder text = new StringBuilder();
        int open = 0;
        do {
            if (token.isEmpty()) {
                throw unexpected(")");
            }
            open += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            text.append(token);
            advance();
        } while (open > 0);
        return text.substring(1, text.length() - 1);
    }

    private void expect(String wanted) {
        if (!token.equals(wanted)) {
            throw unexpected(wanted);
        }
        advance();
    }

    private String take() {
        String taken = token;
        if (taken.isEmpty() || "{}(),;=".contains(taken)) {
            throw unexpected("a name");
        }
        advance();
        return taken;
    }

    private void advance() {
        do {
            token = tokens.hasMoreTokens() ? tokens.nextToken() : "";
        } while (!token.isEmpty() && token.isBlank());
    }

    private RuntimeException unexpected(String wanted) {
        return Columns.unreadable(
                "a Parquet schema",
                (token.isEmpty() ? "it ends" : "'" + token + "' stands")
                        + " where "
                        + wanted
                        + " must stand");
    }
}
