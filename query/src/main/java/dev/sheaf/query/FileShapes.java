package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.Rows;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/// Remembers the shapes of data files, which never change.
///
/// DuckDB plans joins badly when it reads files by field id (`schema = MAP {…}`), as it then knows
/// neither their number of rows nor any statistics: up to five times slower. Knowing a file's own
/// columns, a view can choose them by name instead, which is the same and keeps the statistics.
///
/// Safe for use by many threads.
final class FileShapes {
    /// Beyond this many files that were never seen, looking would cost more than it gains.
    static final int LOOK_MAX = 512;

    private static final int REMEMBERED_MAX = 200_000;

    private final ConcurrentMap<Path, String> signatures = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, FileShape> shapes = new ConcurrentHashMap<>();

    /// Groups of files that can be read alike, in a stable order; those without a known shape under
    /// an empty key.
    Map<Optional<FileShape>, List<Path>> group(EngineSession session, List<Path> files) {
        List<Path> unseen = files.stream().filter(file -> !signatures.containsKey(file)).toList();
        if (!unseen.isEmpty() && unseen.size() <= LOOK_MAX) {
            look(session, unseen);
        }
        Map<Optional<FileShape>, List<Path>> groups = new LinkedHashMap<>();
        for (Path file : files) {
            String signature = signatures.get(file);
            Optional<FileShape> shape =
                    signature == null
                            ? Optional.empty()
                            : Optional.ofNullable(shapes.get(signature))
                                    .filter(FileShape::complete);
            groups.computeIfAbsent(shape, key -> new ArrayList<>()).add(file);
        }
        return groups;
    }

    private void look(EngineSession session, List<Path> files) {
        if (signatures.size() > REMEMBERED_MAX) {
            signatures.clear();
        }
        String list =
                files.stream()
                        .map(file -> SqlTypes.text(file.toString()))
                        .collect(Collectors.joining(",", "[", "]"));
        Rows rows =
                session.query(
                        "SELECT file_name, name, field_id, num_children, concat_ws('/', type,"
                                + " type_length, repetition_type, converted_type, scale, precision,"
                                + " logical_type) FROM parquet_schema("
                                + list
                                + ")");
        Map<Path, List<List<@Nullable Object>>> byFile = new LinkedHashMap<>();
        for (List<@Nullable Object> row : rows.rows()) {
            byFile.computeIfAbsent(
                            Path.of(String.valueOf(row.getFirst())), key -> new ArrayList<>())
                    .add(row.subList(1, row.size()));
        }
        byFile.forEach((file, elements) -> remember(session, file, elements));
    }

    private void remember(EngineSession session, Path file, List<List<@Nullable Object>> elements) {
        String signature = elements.toString();
        if (!shapes.containsKey(signature)) {
            shapes.put(signature, shape(session, file, elements));
        }
        signatures.put(file, signature);
    }

    private static FileShape shape(
            EngineSession session, Path file, List<List<@Nullable Object>> elements) {
        Map<String, String> types = new HashMap<>();
        Rows described =
                session.query(
                        "DESCRIBE SELECT * FROM read_parquet("
                                + SqlTypes.text(file.toString())
                                + ", hive_partitioning = false)");
        described
                .rows()
                .forEach(row -> types.put(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
        Map<Integer, FileShape.Column> columns = new HashMap<>();
        Set<String> names = new HashSet<>();
        boolean complete = true;
        int next = 1; // after the root
        while (next < elements.size()) {
            List<@Nullable Object> element = elements.get(next);
            String name = String.valueOf(element.get(0));
            String type = types.get(name);
            if (type != null && element.get(1) instanceof Long id && names.add(name)) {
                columns.put(id.intValue(), new FileShape.Column(name, type));
            } else {
                complete = false;
            }
            next = after(elements, next);
        }
        return new FileShape(columns, complete && columns.size() == types.size());
    }

    /// The element after this one and all below it.
    private static int after(List<List<@Nullable Object>> elements, int index) {
        long open = 1;
        int next = index;
        while (open > 0 && next < elements.size()) {
            open--;
            if (elements.get(next).get(2) instanceof Long children) {
                open += children;
            }
            next++;
        }
        return next;
    }
}
