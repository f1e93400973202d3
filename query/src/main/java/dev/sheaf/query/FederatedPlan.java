package dev.sheaf.query;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineProblem.Kind;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.query.StatementSplitter.Split;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/// A statement over several regions, taken apart. Holds shadow tables in its session until
/// [#dropShadows].
///
/// @param sql what is left for the coordinator, over views of local tables and of fragments
/// @param local its tables of this region
record FederatedPlan(
        EngineSession session, Split split, String sql, List<GovernedTable> local, Fragments made) {

    /// @param query the statement over views
    /// @throws EngineProblem INVALID_SQL when it means nothing over its tables
    static FederatedPlan of(
            EngineSession session,
            JsonNode query,
            List<GovernedTable> local,
            List<RemoteTable> remote) {
        Shadows.create(session, local);
        remote.forEach(table -> session.execute(table.shadow().create()));
        Fragments fragments = new Fragments(session, local, remote);
        List<Column> columns = fragments.binder().columns(query);
        ObjectNode whole = (ObjectNode) query.deepCopy();
        FrozenTimes.freeze(session, whole, columnsOf(local, remote));
        Split split = split(fragments, whole, columns);
        String sql = SyntaxTree.render(session, split.query());
        FragmentNeeds.tell(session, sql, split.fragments());
        return new FederatedPlan(session, split, sql, local, fragments);
    }

    private static List<Column> columnsOf(List<GovernedTable> local, List<RemoteTable> remote) {
        List<Column> columns = new ArrayList<>();
        remote.forEach(table -> columns.addAll(table.columns()));
        local.forEach(table -> columns.addAll(table.shadow().columns()));
        return columns;
    }

    private static Split split(Fragments fragments, ObjectNode whole, List<Column> columns) {
        Split split = StatementSplitter.split(fragments, whole.deepCopy(), true);
        if (!isSame(fragments, split, columns)) {
            fragments.clear();
            split = StatementSplitter.split(fragments, whole.deepCopy(), false);
            if (!isSame(fragments, split, columns)) {
                throw new EngineProblem(Kind.INTERNAL, "a statement changed when it was split");
            }
        }
        return split;
    }

    private static boolean isSame(Fragments fragments, Split split, List<Column> columns) {
        return fragments
                .binder()
                .columnsAlone(split.query())
                .filter(found -> found.equals(columns))
                .isPresent();
    }

    /// Before files are planned, which makes shadows of its own.
    void dropLocalShadows() {
        Shadows.drop(session, local);
    }

    /// Before views take the shadows' names.
    void dropOtherShadows(List<RemoteTable> remote) {
        made.clear();
        remote.forEach(table -> session.execute(table.shadow().drop()));
    }
}
