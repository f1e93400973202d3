package dev.sheaf.lake.internal.table;

import org.apache.iceberg.types.Type;

/// Iceberg's `bucket[n]` (specification, appendix B: Murmur3 x86 32 bits, seed 0) in DuckDB's SQL.
///
/// Numbers, dates and timestamps hash as 8 bytes in little-endian order, texts as their UTF-8
/// bytes. All arithmetic is on unsigned 64 bits, cut to 32 after each multiplication.
final class BucketHash {
    private static final String MASK = "4294967295";

    private BucketHash() {}

    static String sql(Type type, String column, String buckets) {
        String hash =
                type.typeId() == Type.TypeID.STRING ? ofText(column) : ofLong(asLong(type, column));
        return "CAST((" + hash + " & 2147483647) % " + buckets + " AS INTEGER)";
    }

    private static String asLong(Type type, String column) {
        return switch (type.typeId()) {
            case DATE -> "CAST(" + column + " - DATE '1970-01-01' AS BIGINT)";
            case TIMESTAMP -> "epoch_us(" + column + ")";
            default -> "CAST(" + column + " AS BIGINT)";
        };
    }

    private static String ofLong(String number) {
        String low = "CAST(" + number + " & " + MASK + " AS UBIGINT)";
        String high = "CAST((" + number + " >> 32) & " + MASK + " AS UBIGINT)";
        return finished(mixed(mixed("CAST(0 AS UBIGINT)", low), high), "8");
    }

    /// Whole blocks of four bytes by a fold over their positions, then the rest.
    private static String ofText(String column) {
        String hex = "hex(encode(" + column + "))";
        String bytes = "strlen(" + column + ")";
        String blocks =
                "list_reduce(list_prepend(CAST(0 AS UBIGINT), list_transform(range(0, "
                        + bytes
                        + " // 4), lambda i: "
                        + word(hex, "i * 8", 4)
                        + ")), lambda h, k: "
                        + mixed("h", "k")
                        + ")";
        String rest =
                "CASE "
                        + bytes
                        + " % 4 WHEN 0 THEN CAST(0 AS UBIGINT) WHEN 1 THEN "
                        + scrambled(word(hex, start(bytes), 1))
                        + " WHEN 2 THEN "
                        + scrambled(word(hex, start(bytes), 2))
                        + " ELSE "
                        + scrambled(word(hex, start(bytes), 3))
                        + " END";
        return finished("xor(" + blocks + ", " + rest + ")", "CAST(" + bytes + " AS UBIGINT)");
    }

    private static String start(String bytes) {
        return "(" + bytes + " // 4) * 8";
    }

    /// `count` bytes from a position in hexadecimal text, least significant first.
    private static String word(String hex, String from, int count) {
        StringBuilder digits = new StringBuilder("CAST('0x'");
        for (int i = count - 1; i >= 0; i--) {
            digits.append(" || substr(").append(hex).append(", CAST(").append(from);
            digits.append(" + ").append(2 * i + 1).append(" AS BIGINT), 2)");
        }
        return digits.append(" AS UBIGINT)").toString();
    }

    private static String scrambled(String k) {
        return product(rotated(product(k, "3432918353"), 15), "461845907");
    }

    private static String mixed(String h, String k) {
        String rotated = rotated("xor(" + h + ", " + scrambled(k) + ")", 13);
        return "((" + rotated + " * 5 + 3864292196) & " + MASK + ")";
    }

    private static String finished(String h, String length) {
        String one = shifted("xor(" + h + ", " + length + ")", 16);
        String two = shifted(product(one, "2246822507"), 13);
        return shifted(product(two, "3266489909"), 16);
    }

    private static String product(String value, String factor) {
        return "((" + value + " * CAST(" + factor + " AS UBIGINT)) & " + MASK + ")";
    }

    /// Uses a value twice in an expression by way of a list of one.
    private static String once(String value, String body) {
        return "list_transform([" + value + "], lambda v: " + body + ")[1]";
    }

    private static String rotated(String value, int bits) {
        return once(value, "(((v << " + bits + ") & " + MASK + ") | (v >> " + (32 - bits) + "))");
    }

    private static String shifted(String value, int bits) {
        return once(value, "xor(v, v >> " + bits + ")");
    }
}
