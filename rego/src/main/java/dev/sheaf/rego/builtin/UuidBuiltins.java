package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/// Universally unique identifiers.
final class UuidBuiltins {
    private static final int LENGTH = 36;
    private static final String URN = "urn:uuid:";
    private static final Set<Integer> DASHES = Set.of(8, 13, 18, 23);

    /// From the start of the Gregorian calendar to 1970, in 100 nanoseconds.
    private static final long EPOCH_HUNDRED_NANOS = 0x01B21DD213814000L;

    private UuidBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "uuid.rfc4122",
                        "string -> string",
                        Capability.RANDOM,
                        UuidBuiltins::random),
                Builtin.of("uuid.parse", "string -> object", (a, world) -> parsed(a)));
    }

    /// Of version 4; the same for the same key.
    private static Value random(Value[] arguments, Surroundings world) {
        record Key(String text) {}
        return world.remembered(
                new Key(Operands.text(arguments, 0)),
                () -> {
                    long high = world.random().nextLong() & ~0xf000L | 0x4000L;
                    long low = world.random().nextLong() & ~(3L << 62) | 1L << 63;
                    return StringValue.of(new UUID(high, low).toString());
                });
    }

    /// Nothing when it is none.
    private static @Nullable Value parsed(Value[] arguments) {
        String digits = digits(Operands.text(arguments, 0));
        if (digits == null) {
            return null;
        }
        long high = HexFormat.fromHexDigitsToLong(digits, 0, 16);
        long low = HexFormat.fromHexDigitsToLong(digits, 16, 32);
        int version = (int) (high >> 12 & 0xf);
        ObjectValue.Builder fields = new ObjectValue.Builder();
        fields.put("version", NumberValue.of(version));
        fields.put("variant", StringValue.of(variant(low)));
        if (version == 1 || version == 2) {
            addTimeAndNode(fields, high, low, digits);
        }
        if (version == 2) {
            fields.put("id", NumberValue.of(high >>> 32));
            fields.put("domain", StringValue.of(domain((int) (low >>> 48 & 0xff))));
        }
        return fields.build();
    }

    /// The 32 digits; null when it has none of the four forms.
    private static @Nullable String digits(String text) {
        String bare = text;
        if (text.length() == LENGTH + URN.length()
                && text.toLowerCase(Locale.ROOT).startsWith(URN)) {
            bare = text.substring(URN.length());
        } else if (text.length() == LENGTH + 2) {
            bare = text.substring(1, LENGTH + 1);
        }
        StringBuilder digits = new StringBuilder();
        boolean isDashed = bare.length() == LENGTH;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            boolean isDash = isDashed && DASHES.contains(i);
            if (isDash ? c != '-' : !HexFormat.isHexDigit(c)) {
                return null;
            }
            if (!isDash) {
                digits.append(c);
            }
        }
        return digits.length() == 32 ? digits.toString() : null;
    }

    private static String variant(long low) {
        int bits = (int) (low >>> 61);
        return bits < 4 ? "Reserved" : bits < 6 ? "RFC4122" : bits == 6 ? "Microsoft" : "Future";
    }

    private static String domain(int number) {
        return switch (number) {
            case 0 -> "Person";
            case 1 -> "Group";
            case 2 -> "Org";
            default -> "Domain" + number;
        };
    }

    private static void addTimeAndNode(
            ObjectValue.Builder fields, long high, long low, String digits) {
        long time = (high & 0xfff) << 48 | (high >>> 16 & 0xffff) << 32 | high >>> 32;
        fields.put("time", NumberValue.of((time - EPOCH_HUNDRED_NANOS) * 100));
        fields.put("clocksequence", NumberValue.of(low >>> 48 & 0x3fff));
        String node = digits.substring(20).toLowerCase(Locale.ROOT);
        fields.put("nodeid", StringValue.of(node.replaceAll("(..)(?=.)", "$1-")));
        int first = (int) (low >>> 40 & 0xff);
        String scope = (first & 2) != 0 ? "local:" : "global:";
        fields.put(
                "macvariables",
                StringValue.of(scope + ((first & 1) != 0 ? "multicast" : "unicast")));
    }
}
