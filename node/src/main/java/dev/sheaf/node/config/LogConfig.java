package dev.sheaf.node.config;

import dev.sheaf.kernel.ByteSize;

/// The node's log: JSON lines in the data directory's folder logs.
public record LogConfig(
        @Setting(value = "ERROR, WARN, INFO, DEBUG or TRACE.", fallback = "INFO") Level level,
        @Setting(
                        value = "Size at which a file is put aside and a new one begun.",
                        fallback = "32MiB")
                ByteSize fileMax,
        @Setting(value = "Files put aside that are kept.", fallback = "10") int filesKept) {
    public LogConfig {
        Checks.atLeast("filesKept", filesKept, 1);
    }

    /// From the most to the least urgent.
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
