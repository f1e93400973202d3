package dev.sheaf.cli.shell;

import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

import java.util.List;
import java.util.Locale;

/// Completes meta commands, product names, the columns of the products named so far, and SQL's
/// words.
final class ShellCompleter implements Completer {
    private final Vocabulary vocabulary;

    ShellCompleter(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String text = line.line().substring(0, Math.min(line.cursor(), line.line().length()));
        if (text.startsWith(".")) {
            completeMeta(text, candidates);
            return;
        }
        String word = line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
        for (String product : vocabulary.productNames()) {
            add(candidates, Vocabulary.inSql(product), "products", "product", true);
        }
        vocabulary
                .columnsOf(line.line())
                .forEach((column, type) -> add(candidates, column, "columns", type, true));
        if (!word.contains(".")) {
            boolean upper = word.isEmpty() || Character.isUpperCase(word.charAt(0));
            for (String keyword : Vocabulary.KEYWORDS) {
                String shown =
                        upper ? keyword.toUpperCase(Locale.ROOT) : keyword.toLowerCase(Locale.ROOT);
                add(candidates, shown, "SQL", "", true);
            }
        }
    }

    private void completeMeta(String text, List<Candidate> candidates) {
        if (text.indexOf(' ') < 0) {
            for (MetaCommand command : MetaCommand.values()) {
                add(candidates, command.word(), "commands", command.purpose(), true);
            }
        } else if (MetaCommand.named(text.substring(0, text.indexOf(' ')))
                .filter(MetaCommand::takesProduct)
                .isPresent()) {
            for (String product : vocabulary.productNames()) {
                add(candidates, product, "products", "", true);
            }
        }
    }

    private static void add(
            List<Candidate> candidates,
            String value,
            String group,
            String remark,
            boolean complete) {
        candidates.add(
                new Candidate(
                        value,
                        value,
                        group,
                        remark.isEmpty() ? null : remark,
                        null,
                        null,
                        complete));
    }
}
