package dev.sheaf.node.queries;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.PassedResult;
import dev.sheaf.kernel.ByteSize;

import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Optional;

/// Rows that pass, and a copy of them as an Arrow IPC stream unless they are too many.
final class KeepingRows extends PassedResult {
    private final ByteSize copyMax;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private @Nullable ArrowStreamWriter writer;
    private boolean isWhole;
    private boolean isTooMuch;

    /// @param copyMax zero to keep nothing
    KeepingRows(ArrowResult rows, ByteSize copyMax) {
        super(rows);
        this.copyMax = copyMax;
        this.isTooMuch = copyMax.bytes() == 0;
    }

    /// The copy, once all rows have passed.
    Optional<byte[]> copy() {
        return isWhole && !isTooMuch ? Optional.of(copy.toByteArray()) : Optional.empty();
    }

    @Override
    public boolean next() {
        boolean more = super.next();
        if (!isTooMuch) {
            try {
                write(more);
            } catch (IOException e) {
                throw new UncheckedIOException("a copy in memory", e);
            }
        }
        isWhole = !more;
        return more;
    }

    private void write(boolean more) throws IOException {
        ArrowStreamWriter open = writer;
        if (open == null) {
            open = new ArrowStreamWriter(batch(), dictionaries(), Channels.newChannel(copy));
            writer = open;
            open.start();
        }
        if (more) {
            open.writeBatch();
        } else {
            open.end();
        }
        if (copy.size() > copyMax.bytes()) {
            isTooMuch = true;
            copy.reset();
        }
    }

    /// The rows themselves are closed by whoever gave them.
    @Override
    public void close() {
        ArrowStreamWriter open = writer;
        if (open != null) {
            open.close();
        }
    }
}
