package dev.sheaf.engine.internal.worker;

import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The functions that the node brings into its workers; they are named on the command line.
public final class Functions {
    /// Names, numbers of parameters and classes: `mask/2/a.b.Mask,other/1/a.b.Other`.
    public static final String PROPERTY = "sheaf.functions";

    private Functions() {}

    private record Named(String name, int parameters, Function<List<String>, String> function) {}

    /// @throws SQLException when one cannot be loaded
    static void register(DuckDBConnection connection) throws SQLException {
        for (String each : System.getProperty(PROPERTY, "").split(",")) {
            if (!each.isEmpty()) {
                register(named(each), connection);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Named named(String text) throws SQLException {
        String[] parts = text.split("/");
        try {
            Object function = Class.forName(parts[2]).getConstructor().newInstance();
            return new Named(
                    parts[0],
                    Integer.parseInt(parts[1]),
                    (Function<List<String>, String>) function);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("the function " + text + " cannot be loaded", e);
        }
    }

    private static void register(Named named, DuckDBConnection connection) throws SQLException {
        DuckDBColumnType[] parameters = new DuckDBColumnType[named.parameters];
        java.util.Arrays.fill(parameters, DuckDBColumnType.VARCHAR);
        try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(named.name)
                    .withParameters(parameters)
                    .withReturnType(DuckDBColumnType.VARCHAR)
                    .withVectorizedFunction((rows, results) -> fill(named, rows, results))
                    .register(connection);
        }
    }

    private static void fill(
            Named named, DuckDBDataChunkReader rows, DuckDBWritableVector results) {
        List<String> arguments = new ArrayList<>(named.parameters);
        for (long row = 0; row < rows.rowCount(); row++) {
            arguments.clear();
            for (long column = 0; column < named.parameters; column++) {
                if (!rows.vector(column).isNull(row)) {
                    arguments.add(rows.vector(column).getString(row));
                }
            }
            if (arguments.size() < named.parameters) {
                results.setNull(row);
            } else {
                results.setString(row, named.function.apply(arguments));
            }
        }
    }
}
