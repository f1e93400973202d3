package dev.sheaf.engine.internal;

import dev.sheaf.engine.Rows;

import org.jspecify.annotations.Nullable;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Values with their Java type, so that a decimal stays one and no number loses a digit.
///
/// A result is `int columns`, their names, then for each row `true` and its values, and `false` at
/// the end.
public final class RowsCodec {
    private RowsCodec() {}

    public static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw new IOException("the stream ended within a text");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public static void writeValue(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte('0');
            case Boolean flag -> out.writeByte(flag ? 'T' : 'F');
            case Long number -> {
                out.writeByte('L');
                out.writeLong(number);
            }
            case Double number -> {
                out.writeByte('R');
                out.writeDouble(number);
            }
            case BigInteger number -> {
                out.writeByte('I');
                writeText(out, number.toString());
            }
            case BigDecimal number -> {
                out.writeByte('D');
                writeText(out, number.toString());
            }
            case String text -> {
                out.writeByte('S');
                writeText(out, text);
            }
            case List<?> list -> {
                out.writeByte('A');
                out.writeInt(list.size());
                for (Object element : list) {
                    writeValue(out, element);
                }
            }
            case Map<?, ?> map -> {
                out.writeByte('M');
                out.writeInt(map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    writeText(out, String.valueOf(entry.getKey()));
                    writeValue(out, entry.getValue());
                }
            }
            default -> throw new IllegalArgumentException("no code for " + value.getClass());
        }
    }

    public static Rows readRows(DataInputStream in) throws IOException {
        int width = in.readInt();
        List<String> columns = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            columns.add(readText(in));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (in.readBoolean()) {
            List<@Nullable Object> row = new ArrayList<>(width);
            for (int i = 0; i < width; i++) {
                row.add(readValue(in));
            }
            rows.add(row);
        }
        return new Rows(columns, rows);
    }

    private static @Nullable Object readValue(DataInputStream in) throws IOException {
        int code = in.readUnsignedByte();
        return switch (code) {
            case '0' -> null;
            case 'T' -> true;
            case 'F' -> false;
            case 'L' -> in.readLong();
            case 'R' -> in.readDouble();
            case 'I' -> new BigInteger(readText(in));
            case 'D' -> new BigDecimal(readText(in));
            case 'S' -> readText(in);
            case 'A' -> readList(in);
            case 'M' -> readMap(in);
            default -> throw new IOException("not a value code: " + code);
        };
    }

    private static List<@Nullable Object> readList(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(readValue(in));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, @Nullable Object> readMap(DataInputStream in) throws IOException {
        int size = in.readInt();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = readText(in);
            map.put(key, readValue(in));
        }
        return Collections.unmodifiableMap(map);
    }
}
