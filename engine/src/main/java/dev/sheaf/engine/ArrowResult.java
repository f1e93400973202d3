package dev.sheaf.engine;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Schema;

/// A streamed result. Batches live in memory that [#close()] and the next [#next()] release: copy
/// what must stay. Not for use by several threads at once, except [#close()], which cancels what
/// still runs.
public interface ArrowResult extends AutoCloseable {
    Schema schema();

    /// Loads the next batch into [#batch()]; false at the end.
    ///
    /// @throws EngineProblem as the statement may fail at any row
    boolean next();

    /// The batch last loaded.
    VectorSchemaRoot batch();

    /// What the codes of dictionary-encoded columns (an ENUM) stand for, as of the batch last
    /// loaded. Empty where no column is encoded.
    default DictionaryProvider dictionaries() {
        return new DictionaryProvider.MapDictionaryProvider();
    }

    /// Bytes that the batch last loaded takes in memory.
    default long batchBytes() {
        return batch().getFieldVectors().stream().mapToLong(FieldVector::getBufferSize).sum();
    }

    @Override
    void close();
}
