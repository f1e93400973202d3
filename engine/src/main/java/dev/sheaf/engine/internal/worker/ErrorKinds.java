package dev.sheaf.engine.internal.worker;

import dev.sheaf.engine.EngineProblem.Kind;

import java.util.Locale;
import java.util.Map;

/// DuckDB's exceptions begin with their type's name and "Error:"; this maps it to ours.
final class ErrorKinds {
    private static final String MARK = " Error:";

    private static final Map<String, Kind> BY_TYPE =
            Map.ofEntries(
                    Map.entry("parser", Kind.INVALID_SQL),
                    Map.entry("syntax", Kind.INVALID_SQL),
                    Map.entry("binder", Kind.INVALID_SQL),
                    Map.entry("catalog", Kind.INVALID_SQL),
                    Map.entry("not implemented", Kind.INVALID_SQL),
                    Map.entry("expression", Kind.INVALID_SQL),
                    Map.entry("parameter not allowed", Kind.INVALID_SQL),
                    Map.entry("parameter not resolved", Kind.INVALID_SQL),
                    Map.entry("missing extension", Kind.INVALID_SQL),
                    Map.entry("dependency", Kind.INVALID_SQL),
                    Map.entry("conversion", Kind.DATA),
                    Map.entry("out of range", Kind.DATA),
                    Map.entry("invalid input", Kind.DATA),
                    Map.entry("invalid type", Kind.DATA),
                    Map.entry("mismatch type", Kind.DATA),
                    Map.entry("divide by zero", Kind.DATA),
                    Map.entry("decimal", Kind.DATA),
                    Map.entry("constraint", Kind.DATA),
                    Map.entry("object size", Kind.DATA),
                    Map.entry("serialization", Kind.FILE),
                    Map.entry("io", Kind.FILE),
                    Map.entry("permission", Kind.FILE),
                    Map.entry("out of memory", Kind.OUT_OF_MEMORY),
                    Map.entry("interrupt", Kind.CANCELLED));

    private ErrorKinds() {}

    static Kind of(String message) {
        if (message.contains("INTERRUPT")) {
            return Kind.CANCELLED;
        }
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("std::bad_alloc") || text.contains("failed to allocate")) {
            return Kind.OUT_OF_MEMORY;
        }
        if (text.contains("no space left") || text.contains("max_temp_directory_size")) {
            return Kind.STORAGE;
        }
        if (text.contains("tprotocolexception") || text.contains("parquet file")) {
            return Kind.FILE;
        }
        int mark = message.indexOf(MARK);
        Kind kind =
                mark < 0 ? null : BY_TYPE.get(message.substring(0, mark).toLowerCase(Locale.ROOT));
        return kind == null ? Kind.INTERNAL : kind;
    }
}
