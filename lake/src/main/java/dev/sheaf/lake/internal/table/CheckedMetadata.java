package dev.sheaf.lake.internal.table;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.internal.store.StoreFailure;

import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A table's metadata file that is parsed before iceberg-core gets to see it: what does not parse
/// would be read again and again there, for minutes.
record CheckedMetadata(InputFile file) implements InputFile {
    private static final String SUFFIX = ".metadata.json";

    static InputFile of(InputFile file) {
        return file.location().endsWith(SUFFIX) ? new CheckedMetadata(file) : file;
    }

    @Override
    public SeekableInputStream newStream() {
        byte[] bytes;
        try (SeekableInputStream in = file.newStream()) {
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            TableMetadataParser.fromJson(
                    file.location(), new String(bytes, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw new StoreFailure(
                    new Problem(
                            ProblemCode.STORAGE_FAILED,
                            file.location()
                                    + ": this table's metadata is corrupt; restore the file from a"
                                    + " backup",
                            e));
        }
        return new InMemoryInputFile(file.location(), bytes).newStream();
    }

    @Override
    public long getLength() {
        return file.getLength();
    }

    @Override
    public String location() {
        return file.location();
    }

    @Override
    public boolean exists() {
        return file.exists();
    }
}
