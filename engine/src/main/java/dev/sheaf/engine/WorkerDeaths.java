package dev.sheaf.engine;

import java.util.List;

/// Reads a dead worker's last words.
final class WorkerDeaths {
    private static final List<String> OUT_OF_MEMORY =
            List.of(
                    "std::bad_alloc",
                    "insufficient memory",
                    "OutOfMemoryError",
                    "out of memory",
                    "Cannot allocate memory",
                    "mmap failed");

    private WorkerDeaths() {}

    static boolean isOutOfMemory(String lastWords) {
        return OUT_OF_MEMORY.stream().anyMatch(lastWords::contains);
    }
}
