package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;

import java.util.List;
import java.util.stream.Collectors;

/// Empty tables in the place of views: statements can be planned on them without meeting data.
final class Shadows {
    private Shadows() {}

    /// They stay until the session ends or [#drop]. The optimizer is kept from concluding anything
    /// from their emptiness.
    static void create(EngineSession session, List<GovernedTable> tables) {
        session.execute(
                tables.stream()
                        .map(GovernedTable::createShadow)
                        .collect(
                                Collectors.joining(
                                        ";",
                                        "SET disabled_optimizers ="
                                                + " 'statistics_propagation,empty_result_pullup';",
                                        "")));
    }

    static void drop(EngineSession session, List<GovernedTable> tables) {
        session.execute(
                tables.stream()
                        .map(table -> "DROP TABLE temp." + SqlTypes.name(table.viewName()))
                        .collect(Collectors.joining(";", "RESET disabled_optimizers;", "")));
    }
}
