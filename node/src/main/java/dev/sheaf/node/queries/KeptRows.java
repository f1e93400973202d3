package dev.sheaf.node.queries;

import dev.sheaf.engine.ArrowResult;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Schema;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Rows that were kept as an Arrow IPC stream.
final class KeptRows implements ArrowResult {
    private final BufferAllocator memory = new RootAllocator();
    private final ArrowStreamReader reader;

    KeptRows(byte[] stream) {
        this.reader = new ArrowStreamReader(new ByteArrayInputStream(stream), memory);
    }

    @Override
    public Schema schema() {
        return batch().getSchema();
    }

    @Override
    public boolean next() {
        try {
            return reader.loadNextBatch();
        } catch (IOException e) {
            throw new UncheckedIOException("kept rows are in memory", e);
        }
    }

    @Override
    public VectorSchemaRoot batch() {
        try {
            return reader.getVectorSchemaRoot();
        } catch (IOException e) {
            throw new UncheckedIOException("kept rows are in memory", e);
        }
    }

    @Override
    public DictionaryProvider dictionaries() {
        return reader;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("kept rows are in memory", e);
        } finally {
            memory.close();
        }
    }
}
