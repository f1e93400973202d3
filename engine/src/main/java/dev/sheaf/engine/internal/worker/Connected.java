package dev.sheaf.engine.internal.worker;

import dev.sheaf.engine.EngineProblem.Kind;
import dev.sheaf.engine.internal.ChunkOutput;
import dev.sheaf.engine.internal.FrameType;
import dev.sheaf.engine.internal.FrameWriter;
import dev.sheaf.engine.internal.RowsCodec;

import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.c.jni.JniLoader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.Types;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// One session's connection. Each request has a statement of its own, as DuckDB closes one that
/// failed.
final class Connected implements AutoCloseable {
    private static final int BATCH_ROWS = 8192;

    /// What the driver says when a streamed result fails before its first row; the reason is lost.
    private static final String REASON_LOST = "Invalid result set";

    private static final String LOADED = "sheaf_loaded_rows";

    private final DuckDBConnection connection;

    Connected(DuckDBConnection connection) {
        this.connection = connection;
    }

    /// Loads what the first stream needs, while the first session is still being set up.
    static void warmUp() {
        JniLoader.get().ensureLoaded();
        Field field = Field.nullable("a", Types.MinorType.BIGINT.getType());
        try (BufferAllocator memory = new RootAllocator();
                VectorSchemaRoot root =
                        VectorSchemaRoot.create(new Schema(List.of(field)), memory);
                ArrowStreamWriter writer =
                        new ArrowStreamWriter(root, null, OutputStream.nullOutputStream())) {
            root.allocateNew();
            root.setRowCount(1);
            writer.start();
            writer.writeBatch();
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory only
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    void execute(String sql, Running running) throws SQLException, Failure {
        try (DuckDBPreparedStatement statement = statement()) {
            running.runs(statement);
            statement.execute(sql);
        }
    }

    void query(String sql, Running running, FrameWriter answers)
            throws SQLException, IOException, Failure {
        try (DuckDBPreparedStatement statement = statement();
                DataOutputStream out =
                        new DataOutputStream(
                                new BufferedOutputStream(
                                        Channels.newOutputStream(
                                                new ChunkOutput(answers, running.request()))))) {
            running.runs(statement);
            try (ResultSet rows = statement.executeQuery(sql)) {
                ResultSetMetaData columns = rows.getMetaData();
                int width = columns.getColumnCount();
                out.writeInt(width);
                for (int i = 1; i <= width; i++) {
                    RowsCodec.writeText(out, columns.getColumnName(i));
                }
                while (rows.next()) {
                    running.check();
                    out.writeBoolean(true);
                    for (int i = 1; i <= width; i++) {
                        RowsCodec.writeValue(out, Values.plain(rows.getObject(i)));
                    }
                }
                out.writeBoolean(false);
            }
        }
    }

    void parse(String sql, Running running, FrameWriter answers)
            throws SQLException, IOException, Failure {
        text("SELECT json_serialize_sql(" + literal(sql) + ")", running, answers);
    }

    void render(String tree, Running running, FrameWriter answers)
            throws SQLException, IOException, Failure {
        text("SELECT json_deserialize_sql(" + literal(tree) + "::JSON)", running, answers);
    }

    void parameters(String sql, FrameWriter answers, Running running)
            throws SQLException, IOException, Failure {
        StringBuilder types = new StringBuilder();
        try (DuckDBPreparedStatement statement =
                connection.prepareStatement(sql).unwrap(DuckDBPreparedStatement.class)) {
            running.runs(statement);
            ParameterMetaData parameters = statement.getParameterMetaData();
            for (int i = 1; i <= parameters.getParameterCount(); i++) {
                types.append(parameters.getParameterTypeName(i)).append('\n');
            }
        }
        answers.write(FrameType.CHUNK, running.request(), types.toString());
    }

    void stream(String sql, Running running, FrameWriter answers)
            throws SQLException, IOException, Failure {
        try {
            stream(sql, true, running, answers);
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains(REASON_LOST)) {
                throw e;
            }
            // Nothing was sent yet. Held whole, the result fails again and says why.
            stream(sql, false, running, answers);
        }
    }

    void streamComputed(String sql, Running running, FrameWriter answers)
            throws SQLException, IOException, Failure {
        stream(sql, false, running, answers);
    }

    /// Makes a temporary table of an Arrow stream, whole or not at all.
    void load(String table, LoadInput input, Running running)
            throws SQLException, IOException, Failure {
        try (BufferAllocator memory = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(input, memory);
                ArrowArrayStream rows = ArrowArrayStream.allocateNew(memory)) {
            reader.getVectorSchemaRoot();
            Data.exportArrayStream(memory, reader, rows);
            connection.registerArrowStream(LOADED, rows);
            execute("CREATE TEMP TABLE " + quoted(table) + " AS SELECT * FROM " + LOADED, running);
        }
    }

    private void stream(String sql, boolean streamed, Running running, FrameWriter answers)
            throws SQLException, IOException, Failure {
        setStreamed(streamed);
        try (BufferAllocator memory = new RootAllocator();
                DuckDBPreparedStatement statement = statement()) {
            running.runs(statement);
            if (!statement.execute(sql)) {
                throw new Failure(Kind.INVALID_SQL, "the statement has no result");
            }
            try (DuckDBResultSet rows = statement.getResultSet().unwrap(DuckDBResultSet.class);
                    ArrowReader reader = (ArrowReader) rows.arrowExportStream(memory, BATCH_ROWS)) {
                export(reader, running, answers);
            }
        } finally {
            setStreamed(false);
        }
    }

    private static void export(ArrowReader reader, Running running, FrameWriter answers)
            throws IOException, Failure {
        try (ChunkOutput out = new ChunkOutput(answers, running.request());
                ArrowStreamWriter writer =
                        new ArrowStreamWriter(reader.getVectorSchemaRoot(), reader, out)) {
            writer.start();
            out.flush();
            while (load(reader)) {
                running.check();
                writer.writeBatch();
                out.flush();
            }
            writer.end();
        }
    }

    private static boolean load(ArrowReader reader) throws Failure {
        try {
            return reader.loadNextBatch();
        } catch (IOException e) {
            throw Failure.ofStream(e);
        }
    }

    private void text(String sql, Running running, FrameWriter answers)
            throws SQLException, IOException, Failure {
        try (DuckDBPreparedStatement statement = statement();
                ChunkOutput out = new ChunkOutput(answers, running.request())) {
            running.runs(statement);
            try (ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                out.write(ByteBuffer.wrap(rows.getString(1).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private void setStreamed(boolean streamed) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET jdbc_stream_results = " + streamed);
        }
    }

    private DuckDBPreparedStatement statement() throws SQLException {
        return connection.createStatement().unwrap(DuckDBPreparedStatement.class);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
