package dev.sheaf.lake.internal.store;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ParallelTransferOptions;
import com.azure.storage.blob.options.BlobUploadFromFileOptions;

import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A blob to write: collected in a local file, sent when the stream is closed and every write
/// succeeded.
record AzureOutput(String location, BlobClient blob) implements OutputFile {
    private static final long BLOCK_BYTES = 8L << 20;

    @Override
    public PositionOutputStream create() {
        if (blob.exists()) {
            throw new AlreadyExistsException("%s exists", location);
        }
        return open(true);
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return open(false);
    }

    @Override
    public InputFile toInputFile() {
        return new AzureInput(location, blob, -1);
    }

    private PositionOutputStream open(boolean exclusive) {
        try {
            return new Stream(Files.createTempFile("sheaf-azure-", ".part"), exclusive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Stream extends PositionOutputStream {
        private final Path collected;
        private final boolean exclusive;
        private final OutputStream out;
        private long position;
        private boolean failed;
        private boolean closed;

        Stream(Path collected, boolean exclusive) throws IOException {
            this.collected = collected;
            this.exclusive = exclusive;
            this.out = new BufferedOutputStream(Files.newOutputStream(collected));
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            failed = true;
            out.write(bytes, offset, length);
            position += length;
            failed = false;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try {
                out.close();
                if (!failed) {
                    send();
                }
            } finally {
                Files.deleteIfExists(collected);
            }
        }

        private void send() {
            BlobRequestConditions conditions = new BlobRequestConditions();
            if (exclusive) {
                conditions.setIfNoneMatch("*");
            }
            try {
                blob.uploadFromFileWithResponse(
                        new BlobUploadFromFileOptions(collected.toString())
                                .setParallelTransferOptions(
                                        new ParallelTransferOptions()
                                                .setBlockSizeLong(BLOCK_BYTES)
                                                .setMaxSingleUploadSizeLong(BLOCK_BYTES))
                                .setRequestConditions(conditions),
                        null,
                        Context.NONE);
            } catch (BlobStorageException e) {
                if (exclusive && BlobErrorCode.BLOB_ALREADY_EXISTS.equals(e.getErrorCode())) {
                    throw new AlreadyExistsException(e, "%s exists", location);
                }
                throw e;
            }
        }
    }
}
