package dev.sheaf.rego.builtin.web;

import java.util.ArrayList;
import java.util.List;

/// The tokens of a case's module: names, numbers, texts (with a leading `"`), signs and line ends.
final class CaseTokens {
    private final String source;
    private int at;

    private CaseTokens(String source) {
        this.source = source;
    }

    static List<String> of(String source) {
        CaseTokens tokens = new CaseTokens(source);
        List<String> all = new ArrayList<>();
        while (tokens.at < source.length()) {
            String token = tokens.next();
            if (!token.isEmpty()) {
                all.add(token);
            }
        }
        all.add("\n");
        return all;
    }

    private String next() {
        char c = source.charAt(at);
        if (c == '\n') {
            at++;
            return "\n";
        }
        if (Character.isWhitespace(c)) {
            at++;
            return "";
        }
        if (c == '#') {
            int end = source.indexOf('\n', at);
            at = end < 0 ? source.length() : end;
            return "";
        }
        if (c == '`') {
            int end = source.indexOf('`', at + 1);
            String text = source.substring(at + 1, end);
            at = end + 1;
            return "\"" + text;
        }
        if (c == '"') {
            return quoted();
        }
        int start = at;
        while (at < source.length()
                && (Character.isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '_')) {
            at++;
            boolean isNumber = Character.isDigit(source.charAt(start));
            if (isNumber && at < source.length() && source.charAt(at) == '.') {
                at++;
            }
        }
        if (at > start) {
            return source.substring(start, at);
        }
        for (String sign : List.of(":=", "==")) {
            if (source.startsWith(sign, at)) {
                at += 2;
                return sign;
            }
        }
        at++;
        return String.valueOf(c);
    }

    private String quoted() {
        StringBuilder text = new StringBuilder("\"");
        at++;
        while (source.charAt(at) != '"') {
            char c = source.charAt(at++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = source.charAt(at++);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(source.substring(at, at + 4), 16));
                    at += 4;
                }
                default -> text.append(escaped);
            }
        }
        at++;
        return text.toString();
    }
}
