package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Lexeme;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Imports in groups, as empty lines part them, each in the order of its paths.
final class ImportFormat {
    private static final Comparator<Statement> BY_PATH =
            Comparator.comparing(Statement::path, ImportFormat::compare)
                    .thenComparing(Statement::alias);

    /// @param start the piece `import`
    /// @param end the piece after the statement
    private record Statement(int start, int end, List<String> path, String alias) {
        /// Imports that v1 does not need.
        boolean isOfKeywords() {
            return path.getFirst().equals("rego") || path.getFirst().equals("future");
        }
    }

    private final Transcript transcript;
    private final Names names;
    private final Style style;

    ImportFormat(Transcript transcript, Names names, Style style) {
        this.transcript = transcript;
        this.names = names;
        this.style = style;
    }

    private static int compare(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /// Writes the imports from the current piece on that stand on lines one after another.
    void group() {
        List<Statement> group = new ArrayList<>();
        int position = transcript.position();
        int line;
        do {
            line = transcript.source().piece(position).line();
            Statement statement = read(position);
            group.add(statement);
            position = pastSeparators(statement.end());
        } while (isImport(position) && isNext(group.getLast(), position, line));
        if (style.isConverting()) {
            group.stream().filter(Statement::isOfKeywords).forEach(this::leaveOut);
            group.removeIf(Statement::isOfKeywords);
        }
        group.sort(BY_PATH);
        group.forEach(this::write);
        transcript.goTo(position);
    }

    /// Whether the import there belongs to the group; one with comments within stands alone.
    private boolean isNext(Statement last, int position, int line) {
        Source source = transcript.source();
        return source.piece(position).line() <= line + 1
                && !source.hasComments(last.start(), last.end() - 1)
                && !source.hasComments(position, read(position).end() - 1);
    }

    private boolean isImport(int position) {
        Source source = transcript.source();
        return source.piece(position).text().equals("import") && !isAttached(position + 1, ".");
    }

    /// Whether this symbol follows the piece before it without a space.
    private boolean isAttached(int position, String symbol) {
        Lexeme piece = transcript.source().piece(position);
        return piece.text().equals(symbol)
                && piece.offset() == transcript.source().piece(position - 1).end();
    }

    private int pastSeparators(int from) {
        int position = from;
        while (transcript.source().piece(position).text().equals(";")) {
            position++;
        }
        return position;
    }

    private Statement read(int start) {
        Source source = transcript.source();
        List<String> path = new ArrayList<>();
        int at = start + 1;
        path.add(source.piece(at).text());
        at++;
        while (isAttached(at, ".") || isAttached(at, "[")) {
            boolean isDotted = isAttached(at, ".");
            String part = source.piece(at + 1).text();
            path.add(isDotted ? part : part.substring(1, part.length() - 1));
            at += isDotted ? 2 : 3;
        }
        String alias = "";
        if (source.piece(at).text().equals("as") && !isAttached(at + 1, ".")) {
            alias = source.piece(at + 1).text();
            at += 2;
        }
        return new Statement(start, at, path, alias);
    }

    /// Its comments stay.
    private void leaveOut(Statement statement) {
        transcript.goTo(statement.start() + 1);
        while (transcript.position() < pastSeparators(statement.end())) {
            transcript.skip();
        }
        transcript.endLineAlone();
    }

    /// What stands before it belongs to the import before it, or has been written.
    private void write(Statement statement) {
        transcript.add("import");
        transcript.goTo(statement.start() + 1);
        transcript.space();
        path();
        if (transcript.position() < statement.end()) {
            transcript.space();
            transcript.write();
            transcript.space();
            names.check(statement.alias(), transcript);
            transcript.write();
        }
        while (transcript.is(";")) {
            transcript.skip();
        }
        transcript.endLineAlone();
    }

    /// The path of a package or an import.
    void path() {
        transcript.write();
        while (isAttached(transcript.position(), ".") || isAttached(transcript.position(), "[")) {
            String part = transcript.next().text();
            boolean isDotted = transcript.is(".");
            boolean isPlain = !isDotted && Names.isPlain(part.substring(1, part.length() - 1));
            if (isPlain) {
                transcript.skip();
                transcript.write("." + part.substring(1, part.length() - 1));
                transcript.skip();
            } else {
                transcript.write();
                transcript.write();
                if (!isDotted) {
                    transcript.write();
                }
            }
        }
    }
}
