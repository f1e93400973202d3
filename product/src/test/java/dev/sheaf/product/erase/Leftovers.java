package dev.sheaf.product.erase;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.product.ingest.SqlText;
import dev.sheaf.product.publish.TestNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Searches files for a text: in their bytes, in the rows and statistics of Parquet, in the records
/// of Avro.
final class Leftovers {
    private Leftovers() {}

    /// The files that hold it, below a folder, or the file itself.
    static List<String> of(Path where, String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(where)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                if (holds(file, text)) {
                    found.add(where.relativize(file).toString());
                }
            }
        }
        return found;
    }

    private static boolean holds(Path file, String text) throws IOException {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        String beginning = text.substring(0, Math.min(10, text.length()));
        String wanted =
                new String(beginning.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (bytes.contains(wanted)) {
            return true;
        }
        String name = file.getFileName().toString();
        return name.endsWith(".parquet") && inParquet(file, text)
                || name.endsWith(".avro") && inAvro(file, beginning);
    }

    private static boolean inParquet(Path file, String text) {
        try (EngineSession session =
                TestNode.engine()
                        .open(
                                new SessionSpec(
                                        SessionSpec.Purpose.QUERY,
                                        ByteSize.ofMebibytes(512),
                                        1,
                                        Path.of("target").toAbsolutePath(),
                                        List.of(file),
                                        List.of()))) {
            return session.query(
                                    "SELECT count(*) FROM read_parquet("
                                            + SqlText.text(file.toString())
                                            + ") t WHERE contains(CAST(t AS VARCHAR), "
                                            + SqlText.text(text)
                                            + ")")
                            .onlyLong()
                    > 0;
        }
    }

    private static boolean inAvro(Path file, String beginning) throws IOException {
        try (org.apache.avro.file.DataFileReader<Object> reader =
                new org.apache.avro.file.DataFileReader<>(
                        file.toFile(), new org.apache.avro.generic.GenericDatumReader<>())) {
            while (reader.hasNext()) {
                if (String.valueOf(reader.next()).contains(beginning)) {
                    return true;
                }
            }
            return false;
        }
    }
}
