package dev.sheaf.engine;

import dev.sheaf.kernel.ByteSize;

import java.nio.file.Path;
import java.util.List;

/// What a session may use.
///
/// @param purpose which pool of workers it draws from: a long publish never keeps a query waiting
/// @param memoryMax DuckDB's own limit, above which it spills to `scratch`; the process limit is
///   the engine's and lies above it
/// @param threads worker threads, at least 1
/// @param scratch an existing directory for spilled data, which the caller owns and deletes
/// @param readable existing files and directories the session may read; nothing else, if it is
///   locked
/// @param writable existing directories the session may write
public record SessionSpec(
        Purpose purpose,
        ByteSize memoryMax,
        int threads,
        Path scratch,
        List<Path> readable,
        List<Path> writable) {

    /// Who waits for whom.
    public enum Purpose {
        QUERY,
        PUBLISH
    }

    public SessionSpec {
        readable = List.copyOf(readable);
        writable = List.copyOf(writable);
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + ": at least 1");
        }
    }
}
