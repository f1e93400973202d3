package dev.sheaf.bench.flightsql;

import dev.sheaf.kernel.Problem;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/// A stream of five columns from a whole node over Flight SQL on loopback, with a mask on one
/// column and a row filter by policy, against the same rows read from the same kind of file by
/// DuckDB's own JDBC driver in this process. In turn, warm, the best of the rounds; rows and a sum
/// are compared.
///
/// Arguments: rows (default 9000000, below a statement's limit), rounds (default 5).
public final class FlightSqlBenchmark {
    private static final double TARGET = 10e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String COLUMNS = "id, customer, amount, day, email";

    private FlightSqlBenchmark() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 9_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        try (ShopNode shop = ShopNode.start(rows);
                Connection bare = DriverManager.getConnection("jdbc:duckdb:")) {
            long visible = rows - rows / ShopNode.HIDDEN_OF;
            double governed = 0;
            double plain = 0;
            double jdbc = 0;
            for (int round = 0; round < rounds; round++) {
                governed =
                        Math.max(
                                governed,
                                rate(
                                        () -> shop.read("SELECT " + COLUMNS + " FROM sales.lines"),
                                        visible));
                plain =
                        Math.max(
                                plain,
                                rate(
                                        () ->
                                                shop.read(
                                                        "SELECT range AS id, range AS customer,"
                                                            + " range AS amount, DATE '2026-01-01'"
                                                            + " AS day, NULL::VARCHAR AS email FROM"
                                                            + " range("
                                                                + visible
                                                                + ")"),
                                        visible));
                jdbc = Math.max(jdbc, rate(() -> rows(bare, shop.file()), visible));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d rows of 5 columns: Flight SQL under policy %.1f M rows/s (target %.0f M:"
                            + " %s), without a table %.1f M rows/s, DuckDB JDBC in process %.1f M"
                            + " rows/s: %.1fx%n",
                    visible,
                    governed / 1e6,
                    TARGET / 1e6,
                    governed >= TARGET ? "met" : "missed",
                    plain / 1e6,
                    jdbc / 1e6,
                    governed / jdbc);
        }
    }

    /// Reads all rows and counts them.
    private interface Reading {
        long rows() throws SQLException;
    }

    private static double rate(Reading reading, long expected) throws SQLException {
        long begin = System.nanoTime();
        long rows = reading.rows();
        double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
        if (rows != expected) {
            throw new IllegalStateException(rows + " rows instead of " + expected);
        }
        return rows / seconds;
    }

    /// Each value is looked at, as a client does.
    private static long rows(Connection bare, Path file) throws SQLException {
        long count = 0;
        try (Statement statement = bare.createStatement()) {
            statement.execute("SET jdbc_stream_results = true");
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT id, customer, amount, day, NULL::VARCHAR AS email FROM '"
                                    + file
                                    + "' WHERE "
                                    + ShopNode.FILTER)) {
                long sum = 0;
                while (rows.next()) {
                    sum += rows.getLong(1) + rows.getLong(2) + rows.getLong(3);
                    rows.getObject(4);
                    rows.getString(5);
                    count++;
                }
                if (sum == 0) {
                    throw new Problem(
                            dev.sheaf.kernel.ProblemCode.INTERNAL, "the file holds no numbers");
                }
            }
        }
        return count;
    }
}
