package dev.sheaf.product.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.transform.RuleSql;
import dev.sheaf.product.transform.Transform;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// SQL in contracts and descriptors computes from rows it was given and reaches nothing else.
final class SqlEscapeTest {
    @TempDir static Path directory;
    private static EngineSession session;

    @BeforeAll
    static void open() {
        session =
                TestNode.engine()
                        .open(
                                new SessionSpec(
                                        SessionSpec.Purpose.PUBLISH,
                                        ByteSize.ofMebibytes(256),
                                        1,
                                        directory,
                                        List.of(),
                                        List.of()));
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private static RuleSql rule(String sql) {
        return RuleSql.compile(session, "r", sql, Optional.empty(), Set.of("rows", "sales.rows"));
    }

    private static void assertDenied(Problem problem, String what) {
        assertTrue(
                Set.of(ProblemCode.SQL_NOT_ALLOWED, ProblemCode.INVALID_SQL)
                        .contains(problem.code()),
                problem.toString());
        assertTrue(problem.message().startsWith(what), problem.message());
    }

    /// What reaches outside in place of a table.
    static Stream<String> tables() {
        return Stream.of(
                "read_csv('/etc/passwd')",
                "read_csv_auto('/etc/passwd')",
                "read_parquet('/x.parquet')",
                "parquet_scan('/x.parquet')",
                "parquet_metadata('/x.parquet')",
                "parquet_kv_metadata('/x.parquet')",
                "read_json('/x.json')",
                "read_json_auto('/x.json')",
                "read_ndjson_objects('/x.json')",
                "read_text('/etc/passwd')",
                "read_blob('/etc/passwd')",
                "glob('/*')",
                "sniff_csv('/etc/passwd')",
                "'/etc/passwd'",
                "'data.csv'",
                "\"data.parquet\"",
                "'https://example.com/x.csv'",
                "'s3://bucket/x.parquet'",
                "query('SELECT 1')",
                "query_table('rows')",
                "duckdb_settings()",
                "duckdb_tables()",
                "duckdb_secrets()",
                "duckdb_functions()",
                "duckdb_settings",
                "duckdb_tables",
                "sqlite_master",
                "pragma_table_info('rows')",
                "pragma_database_list()",
                "json_execute_serialized_sql('{}')",
                "from_substrait('x')",
                "iceberg_scan('/x')",
                "sqlite_scan('/x.db', 't')",
                "postgres_scan('', '', '')",
                "arrow_scan(1, 2, 3)",
                "repeat_row(1, num_rows = 1000000000)",
                "range(1000000000000)",
                "generate_series(1, 1000000000000)",
                "test_all_types()",
                "summary(rows)",
                "checkpoint()",
                "(SHOW TABLES)",
                "(DESCRIBE rows)",
                "(SUMMARIZE rows)",
                "(PIVOT rows ON a)",
                "system.information_schema.tables",
                "memory.main.rows",
                "rows TABLESAMPLE 1%",
                "sheaf_stage",
                "sheaf_existing");
    }

    /// Expressions that read settings, the environment or state.
    static Stream<String> expressions() {
        return Stream.of(
                "getenv('HOME')",
                "current_setting('secret_directory')",
                "getvariable('x')",
                "nextval('s')",
                "currval('s')",
                "current_database()",
                "current_schema()",
                "version()",
                "txid_current()",
                "current_query()",
                "pg_typeof(1)",
                "random()",
                "uuid()",
                "setseed(0.5)",
                "sleep_ms(1000)",
                "json_serialize_sql('SELECT 1')",
                "json_execute_serialized_sql('{}')",
                "write_log('x')",
                "add_parquet_key('k', 'v')",
                "system.main.getenv('HOME')",
                "main.getenv('HOME')",
                "\"getenv\"('HOME')",
                "GetEnv('HOME')",
                "list_transform([1], lambda x: getenv('HOME'))",
                "list_filter(['HOME'], lambda x: getenv(x) IS NOT NULL)",
                "CASE WHEN true THEN getenv('HOME') END",
                "coalesce(NULL, getenv('HOME'))",
                "CAST(getenv('HOME') AS VARCHAR)",
                "[getenv('HOME')]",
                "{'a': getenv('HOME')}",
                "'x' IN (getenv('HOME'))",
                "getenv('HOME') BETWEEN 'a' AND 'b'",
                "current_setting('threads') COLLATE nocase",
                "$1",
                "?",
                "#1",
                "unnest([1, 2])",
                "regexp_split_to_table('a,b', ',')",
                "icu_sort_key('a', 'de')",
                "error('x')");
    }

    /// Statements that are no SELECT, or more than one.
    static Stream<String> statements() {
        return Stream.of(
                "COPY rows TO '/tmp/x.csv'",
                "COPY (SELECT 1) TO '/tmp/x.csv'",
                "ATTACH '/tmp/x.db'",
                "DETACH memory",
                "USE memory",
                "PRAGMA database_list",
                "PRAGMA table_info('rows')",
                "SET memory_limit='1TB'",
                "RESET memory_limit",
                "SET VARIABLE x = 1",
                "INSTALL httpfs",
                "LOAD httpfs",
                "CALL duckdb_settings()",
                "EXECUTE p",
                "PREPARE p AS SELECT 1",
                "EXPLAIN ANALYZE SELECT 1",
                "CREATE MACRO m() AS 1",
                "CREATE TABLE t AS SELECT 1",
                "CREATE SEQUENCE s",
                "CREATE SECRET (TYPE s3)",
                "DROP TABLE rows",
                "INSERT INTO rows VALUES (1)",
                "UPDATE rows SET a = 1",
                "DELETE FROM rows",
                "EXPORT DATABASE '/tmp/x'",
                "IMPORT DATABASE '/tmp/x'",
                "CHECKPOINT",
                "VACUUM",
                "BEGIN",
                "SELECT 1; SELECT 2",
                "SELECT 1; COPY (SELECT 1) TO '/tmp/x.csv'",
                "SELECT 1; ATTACH '/tmp/x.db'",
                "",
                "-- nothing",
                "SELECT 1) TO '/tmp/x' --");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aRuleReadsNoTableButProducts(String table) {
        assertDenied(
                assertThrows(Problem.class, () -> rule("SELECT count(*) FROM " + table)),
                "quality rule 'r'");
        assertDenied(
                assertThrows(
                        Problem.class,
                        () ->
                                rule(
                                        "SELECT count(*) FROM ${table} WHERE 1 IN (SELECT 1 FROM "
                                                + table
                                                + ")")),
                "quality rule 'r'");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aTransformReadsNothingButInput(String table) {
        assertDenied(
                assertThrows(
                        Problem.class,
                        () -> Transform.compile(session, "SELECT 1 AS a FROM " + table)),
                "the transform");
        assertDenied(
                assertThrows(
                        Problem.class,
                        () ->
                                Transform.compile(
                                        session,
                                        "SELECT (SELECT 1 FROM " + table + ") AS a FROM input")),
                "the transform");
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void noExpressionReadsSettingsOrState(String expression) {
        if (!Set.of("unnest([1, 2])", "error('x')").contains(expression)) {
            assertDenied(
                    assertThrows(
                            Problem.class, () -> rule("SELECT " + expression + " FROM ${table}")),
                    "quality rule 'r'");
        }
        for (String sql :
                List.of(
                        "SELECT %s AS a FROM input",
                        "SELECT a FROM input WHERE %s IS NULL",
                        "SELECT a FROM input QUALIFY row_number() OVER (ORDER BY %s) = 1",
                        "SELECT * REPLACE (%s AS a) FROM input")) {
            assertDenied(
                    assertThrows(
                            Problem.class,
                            () -> Transform.compile(session, sql.formatted(expression)),
                            sql),
                    "the transform");
        }
    }

    @ParameterizedTest
    @MethodSource("statements")
    void nothingButOneSelectIsTaken(String statement) {
        assertDenied(assertThrows(Problem.class, () -> rule(statement)), "quality rule 'r'");
        assertDenied(
                assertThrows(Problem.class, () -> Transform.compile(session, statement)),
                "the transform");
    }

    /// A WITH name counts only where it can be seen; elsewhere it would be a file or a catalog
    /// view.
    @ParameterizedTest
    @MethodSource
    void aWithNameOpensNoTableOfThatName(String sql) {
        assertDenied(assertThrows(Problem.class, () -> rule(sql)), "quality rule 'r'");
    }

    static Stream<String> aWithNameOpensNoTableOfThatName() {
        return Stream.of(
                "WITH \"/etc/passwd\" AS (SELECT * FROM \"/etc/passwd\") SELECT count(*) FROM"
                        + " \"/etc/passwd\"",
                "WITH a AS (SELECT * FROM 'x.csv'), \"x.csv\" AS (SELECT 1) SELECT count(*) FROM a",
                "WITH a AS (SELECT * FROM duckdb_settings), duckdb_settings AS (SELECT 1) SELECT"
                        + " count(*) FROM a",
                "WITH a AS (SELECT 1), b AS (WITH \"x.csv\" AS (SELECT 1) SELECT 1) SELECT count(*)"
                        + " FROM 'x.csv'",
                "WITH RECURSIVE a AS (SELECT 1 UNION ALL SELECT * FROM a) SELECT count(*) FROM a",
                "WITH RECURSIVE \"x.csv\" AS (SELECT * FROM \"x.csv\") SELECT count(*) FROM"
                        + " \"x.csv\"",
                "WITH a AS (SELECT getenv('HOME')) SELECT count(*) FROM a",
                "WITH a AS MATERIALIZED (SELECT * FROM glob('/*')) SELECT count(*) FROM a");
    }

    @Test
    void ordinaryRulesAreTaken() {
        assertEquals(
                Set.of(),
                rule("WITH a AS (SELECT 1 AS x), b AS (SELECT x FROM A) SELECT count(*) FROM b,"
                                + " rows")
                        .products());
        assertEquals(
                "[sales.other]",
                rule("SELECT count(*) FROM ${object} o ANTI JOIN sales.other p ON o.a = p.a")
                        .products()
                        .toString());
        assertEquals(
                Set.of(),
                rule("SELECT (SELECT max(a) FROM ${table}) - min(a) FROM sales.rows").products());
        assertTrue(
                rule("WITH a AS MATERIALIZED (SELECT 1 AS x) SELECT count(*) FROM a")
                        .text()
                        .contains("count"));
    }
}
