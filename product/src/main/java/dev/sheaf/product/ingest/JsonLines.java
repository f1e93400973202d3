package dev.sheaf.product.ingest;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.ingest.Malformed.Fault;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Rewrites JSON (an array of objects, objects one after another, or one object a line) as compact
/// objects one a line, so that each row has a place. Numbers keep their digits.
///
/// In a file of lines a malformed line is handed over; in an array nothing after a fault can be
/// trusted, so the file is refused.
public final class JsonLines {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final InputFile input;
    private final Path file;
    private final long recordBytesMax;
    private final Consumer<Malformed> refused;
    private final Set<String> keys = new LinkedHashSet<>();
    private final LineMap lines = new LineMap();
    private long records;
    private long malformed;
    private long longestBytes;

    private JsonLines(
            InputFile input, Path file, long recordBytesMax, Consumer<Malformed> refused) {
        this.input = input;
        this.file = file;
        this.recordBytesMax = recordBytesMax;
        this.refused = refused;
    }

    /// @param records objects in the copy
    /// @param keys the members that any of them has, in order of appearance
    public record Written(
            long records, long malformed, long longestBytes, Set<String> keys, LineMap lines) {}

    /// @param lineByLine true when the descriptor says `ndjson`
    public static Written write(
            InputFile input,
            Path file,
            Path copy,
            boolean lineByLine,
            long recordBytesMax,
            Consumer<Malformed> refused)
            throws IOException {
        JsonLines pass = new JsonLines(input, file, recordBytesMax, refused);
        try (OutputStream out =
                new java.io.BufferedOutputStream(Files.newOutputStream(copy), 1 << 17)) {
            if (lineByLine || pass.firstLineIsWhole()) {
                pass.lines(out);
            } else {
                pass.document(out);
            }
        }
        return new Written(pass.records, pass.malformed, pass.longestBytes, pass.keys, pass.lines);
    }

    private boolean firstLineIsWhole() throws IOException {
        try (java.io.BufferedInputStream in =
                new java.io.BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read();
                    next >= 0 && line.size() < recordBytesMax;
                    next = in.read()) {
                if (next == '\n'
                        && !line.toString(java.nio.charset.StandardCharsets.UTF_8).isBlank()) {
                    break;
                }
                line.write(next);
            }
            byte[] bytes = line.toByteArray();
            return bytes.length > 0 && object(bytes) instanceof Parsed.Whole;
        }
    }

    private sealed interface Parsed {
        record Whole(byte[] compact, Set<String> members) implements Parsed {}

        record Broken(Fault fault) implements Parsed {}
    }

    private static Parsed object(byte[] bytes) {
        ByteArrayOutputStream compact = new ByteArrayOutputStream(bytes.length);
        Set<String> members = new LinkedHashSet<>();
        try (JsonParser parser =
                        FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), bytes);
                JsonGenerator generator =
                        FACTORY.createGenerator(
                                tools.jackson.core.ObjectWriteContext.empty(), compact)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Parsed.Broken(Fault.JSON);
            }
            if (!copy(parser, generator, members)) {
                return new Parsed.Broken(Fault.NUL);
            }
            if (parser.nextToken() != null) {
                return new Parsed.Broken(Fault.JSON);
            }
        } catch (JacksonException e) {
            return new Parsed.Broken(Fault.JSON);
        }
        return new Parsed.Whole(compact.toByteArray(), members);
    }

    /// Copies the structure the parser stands on; false when a text holds NUL.
    private static boolean copy(JsonParser parser, JsonGenerator generator, Set<String> members) {
        int depth = 0;
        boolean clean = true;
        do {
            JsonToken token = parser.currentToken();
            if (token == null) {
                throw new IllegalStateException("the parser stands on no token");
            }
            switch (token) {
                case START_OBJECT -> {
                    generator.writeStartObject();
                    depth++;
                }
                case START_ARRAY -> {
                    generator.writeStartArray();
                    depth++;
                }
                case END_OBJECT -> {
                    generator.writeEndObject();
                    depth--;
                }
                case END_ARRAY -> {
                    generator.writeEndArray();
                    depth--;
                }
                case PROPERTY_NAME -> {
                    if (depth == 1) {
                        members.add(parser.currentName());
                    }
                    generator.writeName(parser.currentName());
                }
                case VALUE_STRING -> {
                    clean &= parser.getString().indexOf('\0') < 0;
                    generator.writeString(parser.getString());
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                        generator.writeNumber(parser.getString());
                case VALUE_TRUE -> generator.writeBoolean(true);
                case VALUE_FALSE -> generator.writeBoolean(false);
                case VALUE_NULL -> generator.writeNull();
                case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                        throw new IllegalStateException("not a token of JSON text: " + token);
            }
        } while (depth > 0 && parser.nextToken() != null);
        return clean;
    }

    private void lines(OutputStream out) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), arena);
            long size = bytes.byteSize();
            long line = 0;
            long start = Utf8.bomBytes(bytes);
            while (start < size) {
                long end = start;
                while (end < size && bytes.get(ValueLayout.JAVA_BYTE, end) != '\n') {
                    end++;
                }
                line++;
                line(bytes, start, end, line, out);
                start = end + 1;
            }
        }
    }

    private void line(MemorySegment bytes, long start, long end, long line, OutputStream out)
            throws IOException {
        if (end - start > recordBytesMax) {
            refuse(line, RecordReader.raw(bytes, start, end), Fault.TOO_LONG);
            return;
        }
        byte[] text = bytes.asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE);
        if (blank(text)) {
            return;
        }
        switch (object(text)) {
            case Parsed.Whole whole -> {
                keys.addAll(whole.members());
                emit(whole.compact(), line, out);
            }
            case Parsed.Broken broken ->
                    refuse(line, RecordReader.raw(bytes, start, end), broken.fault());
        }
    }

    private static boolean blank(byte[] text) {
        for (byte value : text) {
            if (value != ' ' && value != '\t' && value != '\r') {
                return false;
            }
        }
        return true;
    }

    private void refuse(long line, String raw, Fault fault) {
        malformed++;
        refused.accept(new Malformed(line, records + malformed, raw, fault, ""));
    }

    private void emit(byte[] compact, long line, OutputStream out) throws IOException {
        records++;
        longestBytes = Math.max(longestBytes, compact.length + 1);
        lines.shift(records, line - records, malformed);
        out.write(compact);
        out.write('\n');
    }

    private void document(OutputStream out) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser =
                        FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), in)) {
            boolean array = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY && !array && records == 0) {
                    array = true;
                } else if (token == JsonToken.START_OBJECT) {
                    element(parser, out);
                } else if (token != JsonToken.END_ARRAY) {
                    throw unreadable(
                            "line "
                                    + parser.currentLocation().getLineNr()
                                    + " holds something that is not an object",
                            null);
                }
            }
        } catch (JacksonException e) {
            throw unreadable(
                    Optional.ofNullable(e.getLocation())
                            .map(location ->
                                    "not JSON at line "
                                            + location.getLineNr()
                                            + ", column "
                                            + location.getColumnNr())
                            .orElse("not JSON"),
                    null);
        }
    }

    private void element(JsonParser parser, OutputStream out) throws IOException {
        long line = parser.currentTokenLocation().getLineNr();
        ByteArrayOutputStream compact = new ByteArrayOutputStream();
        Set<String> members = new LinkedHashSet<>();
        boolean clean;
        try (JsonGenerator generator =
                FACTORY.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), compact)) {
            clean = copy(parser, generator, members);
        }
        if (!clean || compact.size() > recordBytesMax) {
            byte[] raw = compact.toByteArray();
            refuse(
                    line,
                    RecordReader.raw(MemorySegment.ofArray(raw), 0, raw.length),
                    clean ? Fault.TOO_LONG : Fault.NUL);
            return;
        }
        keys.addAll(members);
        emit(compact.toByteArray(), line, out);
    }

    private Problem unreadable(
            String what, @org.jspecify.annotations.Nullable JacksonException cause) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "'"
                        + input.name()
                        + "' cannot be read as JSON: "
                        + what
                        + "; nothing of it was published",
                Map.of("file", input.name()),
                cause);
    }
}
