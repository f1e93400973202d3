package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;

import java.util.List;
import java.util.stream.Collectors;

/// Empty tables in the place of views: statements can be planned on them without meeting data.
final class Shadows {
    /// The optimizer is kept from concluding anything from their emptiness.
    private static final String SETTING =
            "SET disabled_optimizers = 'statistics_propagation,empty_result_pullup';";

    private Shadows() {}

    /// They stay until the session ends or [#drop].
    static void create(EngineSession session, List<GovernedTable> tables) {
        session.execute(
                tables.stream()
                        .map(table -> table.shadow().create())
                        .collect(Collectors.joining(";", SETTING, "")));
    }

    /// The optimizer is as after [#create] again.
    static void optimize(EngineSession session) {
        session.execute(SETTING);
    }

    static void drop(EngineSession session, List<GovernedTable> tables) {
        session.execute(
                tables.stream()
                        .map(table -> table.shadow().drop())
                        .collect(Collectors.joining(";", "RESET disabled_optimizers;", "")));
    }
}
