package dev.sheaf.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Ways out of the governed view, each refused before anything runs.
@Timeout(120)
final class EscapeTest extends OnExampleMesh {
    private static final Set<ProblemCode> REFUSALS =
            Set.of(
                    ProblemCode.SQL_NOT_ALLOWED,
                    ProblemCode.NOT_FOUND,
                    ProblemCode.INVALID_SQL,
                    ProblemCode.LIMIT_EXCEEDED);

    static Stream<String> probes() {
        return Stream.of(
                // files, by function, by name, by every door to them
                "FROM read_parquet('{file}')",
                "FROM parquet_scan('{file}')",
                "FROM read_csv('/etc/passwd')",
                "FROM read_csv_auto('/etc/passwd')",
                "FROM read_text('{file}')",
                "FROM read_blob('{file}')",
                "FROM read_json('{file}')",
                "FROM read_json_objects('{file}')",
                "FROM glob('{store}/*')",
                "FROM sniff_csv('/etc/passwd')",
                "FROM parquet_metadata('{file}')",
                "FROM parquet_schema('{file}')",
                "FROM parquet_file_metadata('{file}')",
                "FROM parquet_kv_metadata('{file}')",
                "FROM parquet_bloom_probe('{file}', 'email', 'x')",
                "FROM '{file}'",
                "FROM \"{file}\"",
                "FROM '/etc/passwd'",
                "FROM 'file://{file}'",
                "FROM 'https://127.0.0.1/x.parquet'",
                "FROM 's3://bucket/x.parquet'",
                "FROM sales.'{file}'",
                "FROM sales.\"{file}\"",
                "TABLE '{file}'",
                "DESCRIBE '{file}'",
                "DESCRIBE TABLE '{file}'",
                "SUMMARIZE '{file}'",
                "SELECT * FROM sales.orders, '{file}'",
                "SELECT (SELECT count(*) FROM '{file}')",
                "SELECT 1 WHERE EXISTS (FROM '{file}')",
                "SELECT 1 IN (SELECT id FROM '{file}')",
                "WITH x AS (FROM '{file}') FROM x",
                "WITH x AS (SELECT 1) FROM x, '{file}'",
                "WITH \"{file}\" AS (SELECT 1) FROM \"{file}\"",
                "WITH \"x.csv\" AS (SELECT 1) SELECT * FROM \"x.csv\"",
                "SELECT 1 UNION ALL FROM '{file}'",
                "SELECT * FROM (VALUES ((SELECT min(email) FROM '{file}')))",
                "SELECT * FROM sales.orders ORDER BY (SELECT email FROM '{file}' LIMIT 1)",
                "SELECT * FROM sales.orders LIMIT (SELECT count(*) FROM '{file}')",
                "SELECT * FROM sales.orders OFFSET (SELECT count(*) FROM '{file}')",
                "SELECT DISTINCT ON ((SELECT 1 FROM '{file}')) 1 FROM sales.orders",
                "SELECT sum(id) FILTER (WHERE id IN (SELECT id FROM '{file}')) FROM sales.orders",
                "SELECT sum(id) OVER (ORDER BY (SELECT 1 FROM '{file}')) FROM sales.orders",
                "SELECT lead(id, 1, (SELECT 1 FROM '{file}')) OVER () FROM sales.orders",
                "SELECT [x FOR x IN (SELECT list(email) FROM '{file}')]",
                "SELECT list_transform([1], lambda x: (SELECT email FROM '{file}'))",
                "SELECT CASE WHEN true THEN (SELECT email FROM '{file}') END",
                "SELECT COLUMNS(c -> c IN (SELECT email FROM '{file}')) FROM sales.orders",
                "SELECT * REPLACE ((SELECT 1 FROM '{file}') AS id) FROM sales.orders",
                "FROM sales.orders PIVOT (sum(id) FOR customer IN (SELECT email FROM '{file}'))",
                "FROM (PIVOT '{file}' ON email USING count(*))",
                "FROM sales.orders o JOIN '{file}' f ON o.id = f.id",
                "FROM sales.orders, LATERAL (FROM '{file}')",
                "FROM range((SELECT count(*) FROM '{file}'))",
                "FROM unnest((SELECT list(email) FROM '{file}'))",
                // SQL within SQL
                "FROM query('FROM ''{file}''')",
                "FROM query_table('{file}')",
                "FROM query_table(['hr.salaries'])",
                "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
                "SELECT json_serialize_sql('SELECT 1')",
                "SELECT json_deserialize_sql('{}')",
                "SELECT json_serialize_plan('SELECT 1')",
                "PREPARE p AS SELECT 1",
                "EXECUTE p",
                "DEALLOCATE p",
                "SELECT ?",
                "SELECT $1",
                "SELECT $name",
                // settings, environment, state
                "SET memory_limit = '100GB'",
                "SET VARIABLE x = 1",
                "RESET memory_limit",
                "PRAGMA database_list",
                "PRAGMA version",
                "SELECT getenv('PATH')",
                "SELECT current_setting('temp_directory')",
                "SELECT getvariable('x')",
                "SELECT setseed(0.5)",
                "SELECT nextval('s')",
                "SELECT currval('s')",
                "SELECT current_query()",
                "SELECT txid_current()",
                "SELECT version()",
                "SELECT write_log('x')",
                "SELECT sleep_ms(100000)",
                "SELECT pg_sleep(100)",
                "SELECT stats(email) FROM customer.customers",
                "SELECT error(email) FROM customer.customers",
                "SELECT __internal_decompress_string(1)",
                // catalogs
                "FROM duckdb_views()",
                "FROM duckdb_views",
                "FROM duckdb_settings()",
                "FROM duckdb_tables()",
                "FROM duckdb_functions()",
                "FROM duckdb_secrets()",
                "FROM duckdb_logs",
                "FROM duckdb_external_file_cache()",
                "FROM duckdb_temporary_files()",
                "FROM information_schema.tables",
                "FROM information_schema.views",
                "FROM pg_catalog.pg_tables",
                "FROM pg_catalog.pg_views",
                "FROM pg_views",
                "FROM sqlite_master",
                "FROM pragma_table_info('customer.customers')",
                "FROM pragma_show('x')",
                "FROM pragma_storage_info('customer.customers')",
                "SELECT pg_get_viewdef(1)",
                "SHOW TABLES",
                "SHOW ALL TABLES",
                "SHOW DATABASES",
                "SHOW CREATE VIEW \"customer.customers\"",
                "FROM (SHOW TABLES)",
                "DESCRIBE TABLES",
                "WITH duckdb_views AS (SELECT 1) FROM duckdb_views",
                "WITH pg_views AS (SELECT 1) SELECT * FROM pg_views",
                // names of our own views, other catalogs and schemas
                "FROM \"customer.customers\"",
                "FROM temp.\"customer.customers\"",
                "FROM main.\"customer.customers\"",
                "FROM temp.main.\"customer.customers\", customer.customers",
                "FROM memory.sales.orders",
                "FROM system.information_schema.tables",
                "FROM hr.salaries",
                "FROM hr.salaries AT (VERSION => 1)",
                "FROM HR.\"SALARIES\"",
                "SELECT * FROM sales.orders WHERE id IN (SELECT id FROM hr.salaries)",
                // other kinds of statements
                "COPY sales.orders TO '/tmp/x.csv'",
                "COPY (FROM customer.customers) TO '{store}/x.parquet'",
                "ATTACH '{store}/x.db' AS x",
                "DETACH memory",
                "USE memory",
                "INSTALL httpfs",
                "LOAD httpfs",
                "CALL pragma_version()",
                "CREATE TABLE t AS FROM sales.orders",
                "CREATE TEMP VIEW v AS FROM sales.orders",
                "CREATE MACRO f(x) AS x",
                "CREATE SECRET (TYPE s3)",
                "INSERT INTO sales.orders VALUES (1)",
                "UPDATE sales.orders SET id = 1",
                "DELETE FROM sales.orders",
                "TRUNCATE sales.orders",
                "MERGE INTO sales.orders USING sales.orders s ON true WHEN MATCHED THEN DELETE",
                "DROP VIEW \"sales.orders\"",
                "ALTER VIEW \"sales.orders\" RENAME TO x",
                "WITH x AS (DELETE FROM sales.orders RETURNING *) FROM x",
                "WITH x AS (INSERT INTO sales.orders VALUES (1) RETURNING *) FROM x",
                "EXPORT DATABASE '{store}'",
                "IMPORT DATABASE '{store}'",
                "CHECKPOINT",
                "VACUUM",
                "ANALYZE",
                "BEGIN",
                "EXPLAIN ANALYZE SELECT 1",
                "EXPLAIN (ANALYZE) SELECT 1",
                "EXPLAIN (FORMAT json, ANALYZE) SELECT 1",
                "EXPLAIN /* */ ANALYZE SELECT 1",
                "EXPLAIN EXPLAIN SELECT 1",
                "EXPLAIN COPY (SELECT 1) TO '/tmp/x'",
                "EXPLAIN SELECT 1; SELECT 2",
                "SELECT 1; SELECT 2",
                "SELECT 1; DROP TABLE x",
                ";",
                "",
                "-- nothing",
                // functions and types by another name
                "SELECT main.getvariable('x')",
                "SELECT system.main.current_setting('threads')",
                "SELECT \"current_setting\"('threads')",
                "SELECT 'threads'.current_setting()",
                "SELECT ['threads'].list_transform(lambda s: current_setting(s))",
                "SELECT id::main.\"x\" FROM sales.orders",
                "SELECT 'x'::regclass",
                "SELECT * FROM sales.orders TABLESAMPLE (SELECT 1)",
                "FROM sales.orders AT (VERSION => (SELECT 1 FROM '{file}'))",
                "FROM sales.orders AT (VERSION => current_setting('threads'))",
                "WITH o AS (SELECT 1) FROM o AT (VERSION => 1)",
                "FROM range(3) AT (VERSION => 1)",
                "SELECT \0 1",
                "FROM repeat_row(1, num_rows := 3)",
                "FROM test_all_types()",
                "FROM which_secret('s3://x', 's3')",
                "FROM arrow_scan(1, 2, 3)",
                "FROM summary(TABLE sales.orders)");
    }

    @ParameterizedTest
    @MethodSource("probes")
    void isRefused(String probe) {
        String sql =
                probe.replace("{file}", mesh.store.resolve("customers.parquet").toString())
                        .replace("{store}", mesh.store.toString());
        Problem problem = assertThrows(Problem.class, () -> rows(sql), sql);
        assertTrue(REFUSALS.contains(problem.code()), problem.code() + " " + problem.message());
        assertFalse(problem.message().contains(ExampleMesh.SECRET), problem.message());
    }

    /// What looks dangerous and is not, because it means something else here.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT current_date IS NOT NULL",
                "SELECT 'FROM ''/etc/passwd''' IS NOT NULL",
                "WITH t AS (SELECT true AS a), customers AS (FROM t) FROM customers",
                "SELECT $$SET x = 1; DROP TABLE y$$ IS NOT NULL",
                "SELECT E'it\\'s FROM x' IS NOT NULL"
            })
    void isHarmless(String sql) {
        assertEquals(List.of("true"), rows(sql));
    }

    @Test
    void virtualColumnsOfFilesAreNotVisible() {
        for (String column :
                List.of("filename", "file_row_number", "file_index", "rowid", "release")) {
            assertThrows(
                    Problem.class,
                    () -> rows("SELECT " + column + " FROM customer.customers"),
                    column);
        }
    }

    @Test
    void deepNestingIsRefusedWithoutHarm() {
        for (String sql :
                List.of(
                        "SELECT " + "(".repeat(3000) + "1" + ")".repeat(3000),
                        "SELECT " + "-".repeat(1) + "abs(".repeat(2000) + "1" + ")".repeat(2000),
                        "SELECT " + "NOT ".repeat(4000) + "true",
                        "SELECT 1" + " + 1".repeat(4000),
                        "SELECT " + "[".repeat(2000) + "]".repeat(2000),
                        "FROM " + "(FROM ".repeat(500) + "sales.orders" + ")".repeat(500),
                        "SELECT 1" + " UNION ALL SELECT 1".repeat(900))) {
            try {
                rows(sql);
            } catch (Problem e) {
                assertTrue(
                        REFUSALS.contains(e.code()) || e.code() == ProblemCode.UNAVAILABLE,
                        e.code() + " " + e.message());
            }
        }
        assertEquals(List.of("1"), rows("SELECT 1"));
    }

    private static List<String> rows(String sql) {
        try (QueryRun run = service.run(mesh.request(sql))) {
            return Results.rows(run);
        }
    }
}
