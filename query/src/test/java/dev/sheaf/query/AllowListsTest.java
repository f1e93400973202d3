package dev.sheaf.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The lists against the DuckDB that is in use: whatever it knows, somebody has decided about.
final class AllowListsTest {
    /// Functions of the grammar, which `duckdb_functions()` does not list as such.
    private static final Set<String> GRAMMAR = Set.of("unnest");

    @TempDir Path scratch;

    @Test
    void everyFunctionIsAllowedOrDenied() {
        Set<String> allowed = new TreeSet<>(AllowLists.lines("functions-allowed.txt"));
        Set<String> denied = new TreeSet<>(AllowLists.lines("functions-denied.txt"));
        Set<String> both = new TreeSet<>(allowed);
        both.retainAll(denied);
        assertEquals(Set.of(), both);

        Set<String> decided = new TreeSet<>(allowed);
        decided.addAll(denied);
        assertEquals(
                decided, names("SELECT DISTINCT lower(function_name) FROM duckdb_functions()"));
    }

    @Test
    void noTableFunctionOrPragmaIsAllowedUnlessItIsAlsoAScalar() {
        Set<String> tables =
                names(
                        "SELECT lower(function_name) FROM duckdb_functions() GROUP BY 1 HAVING"
                                + " bool_and(function_type IN ('table', 'table_macro', 'pragma'))");
        tables.retainAll(new TreeSet<>(AllowLists.lines("functions-allowed.txt")));
        tables.removeAll(GRAMMAR);
        assertEquals(Set.of(), tables);
    }

    @Test
    void everyAllowedTypeExists() {
        Set<String> unknown = new TreeSet<>(AllowLists.lines("types-allowed.txt"));
        unknown.removeAll(names("SELECT DISTINCT lower(type_name) FROM duckdb_types()"));
        assertEquals(Set.of(), unknown);
    }

    private Set<String> names(String sql) {
        try (WorkerEngine engine =
                        new WorkerEngine(
                                EngineConfig.in(
                                        Path.of("target", "engine-home").toAbsolutePath()));
                EngineSession session =
                        engine.open(
                                new SessionSpec(
                                        SessionSpec.Purpose.QUERY,
                                        ByteSize.ofMebibytes(256),
                                        1,
                                        scratch,
                                        List.of(),
                                        List.of()))) {
            Set<String> names = new TreeSet<>();
            session.query(sql).rows().forEach(row -> names.add(String.valueOf(row.getFirst())));
            return names;
        }
    }
}
