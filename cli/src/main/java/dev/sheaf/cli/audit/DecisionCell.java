package dev.sheaf.cli.audit;

import dev.sheaf.cli.terminal.Cell;

/// How something ended, in a table.
final class DecisionCell {
    private DecisionCell() {}

    static Cell of(String decision) {
        return switch (decision) {
            case "allow" -> new Cell.Toned(decision, Cell.Tone.GOOD);
            case "allow-restricted" -> new Cell.Toned(decision, Cell.Tone.WARNING);
            case "deny", "error" -> new Cell.Toned(decision, Cell.Tone.BAD);
            default -> new Cell.Toned(decision, Cell.Tone.FAINT);
        };
    }
}
