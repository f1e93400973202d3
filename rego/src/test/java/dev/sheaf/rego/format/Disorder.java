package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Lexeme;
import dev.sheaf.rego.syntax.Module;

import java.util.List;
import java.util.Random;

/// Writes a module with other blanks, line ends and comments between its pieces. Some of the texts
/// mean something else, or nothing.
final class Disorder {
    private Disorder() {}

    /// @param changes how many blanks are replaced
    static String of(Module module, Random random, int changes) {
        String text = module.text();
        List<Lexeme> pieces = Lexeme.all(module);
        StringBuilder out = new StringBuilder();
        int at = 0;
        double share = (double) changes / Math.max(1, pieces.size());
        for (int i = 0; i < pieces.size(); i++) {
            Lexeme piece = pieces.get(i);
            String blanks = text.substring(at, piece.offset());
            out.append(random.nextDouble() < share ? other(blanks, random, i) : blanks);
            out.append(piece.text());
            at = piece.end();
        }
        return out.append(text.substring(at)).append(other("\n", random, -1)).toString();
    }

    private static String other(String blanks, Random random, int number) {
        return switch (random.nextInt(8)) {
            case 0 -> " # note " + number + "\n";
            case 1 -> blanks + "\n# note " + number + "\n";
            case 2 -> " # note " + number + "\n\n\n# another\n";
            case 3 -> "\n\n# note " + number + "\n\n# another" + blanks + "\n";
            case 4 -> blanks + "\n";
            case 5 -> "\n\n\n\t " + blanks;
            case 6 -> blanks + "\t  ";
            default -> blanks.isBlank() && !blanks.isEmpty() ? " " : blanks;
        };
    }

    /// Each statement on one line.
    static String onOneLine(String text) {
        StringBuilder out = new StringBuilder();
        for (String each : text.split("\n")) {
            String line = each.strip();
            boolean isOpen = out.isEmpty() || "{[(,|=".indexOf(out.charAt(out.length() - 1)) >= 0;
            boolean isClosing = line.isEmpty() || "}])".indexOf(line.charAt(0)) >= 0;
            boolean isStatement = !isClosing && !Character.isWhitespace(each.charAt(0));
            out.append(isStatement ? "\n" : isOpen || isClosing ? "" : "; ").append(line);
        }
        return out.toString();
    }
}
