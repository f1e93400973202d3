package dev.sheaf.product.draft;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A sample and how it is written.
///
/// @param path an existing file
record SampleFile(Path path, Format format) {
    private static final int HEAD_BYTES = 64;

    /// How a file is written.
    enum Format {
        CSV,
        JSON,
        NDJSON,
        PARQUET
    }

    /// Goes by the name's ending, else by the first bytes.
    ///
    /// @throws Problem NOT_FOUND when there is no such file, UNREADABLE_INPUT when it cannot be
    ///   read or is empty
    static SampleFile of(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new Problem(ProblemCode.NOT_FOUND, "there is no file " + path);
        }
        try {
            if (Files.size(path) == 0) {
                throw new Problem(
                        ProblemCode.UNREADABLE_INPUT, path + " is empty: nothing can be drafted");
            }
            return new SampleFile(path, format(path));
        } catch (IOException e) {
            throw new Problem(ProblemCode.UNREADABLE_INPUT, "cannot read " + path + ": " + e, e);
        }
    }

    private static Format format(Path path) throws IOException {
        String name = path.toString().toLowerCase(Locale.ROOT).replaceAll("\\.(gz|zst)$", "");
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "csv", "tsv", "tab", "psv" -> Format.CSV;
            case "ndjson", "jsonl" -> Format.NDJSON;
            case "json" -> Format.JSON;
            case "parquet", "pq" -> Format.PARQUET;
            default -> byContent(path);
        };
    }

    private static Format byContent(Path path) throws IOException {
        byte[] head;
        try (InputStream stream = Files.newInputStream(path)) {
            head = stream.readNBytes(HEAD_BYTES);
        }
        String text = new String(head, StandardCharsets.ISO_8859_1).strip();
        if (text.startsWith("PAR1")) {
            return Format.PARQUET;
        }
        return text.startsWith("{") || text.startsWith("[") ? Format.JSON : Format.CSV;
    }

    /// The path as a SQL literal.
    String literal() {
        return "'" + path.toAbsolutePath().toString().replace("'", "''") + "'";
    }

    String name() {
        return String.valueOf(path.getFileName());
    }
}
