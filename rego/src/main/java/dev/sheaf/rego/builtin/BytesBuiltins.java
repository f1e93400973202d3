package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/// Base64 and hexadecimal digits of UTF-8.
final class BytesBuiltins {
    private static final String UNARY = "string -> string";

    private BytesBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                unary("base64.encode", text -> encoded(Base64.getEncoder(), text)),
                unary("base64.decode", text -> Utf8.text(Base64Text.standard(text))),
                Builtin.of("base64.is_valid", "any -> boolean", BytesBuiltins::isBase64),
                unary("base64url.encode", text -> encoded(Base64.getUrlEncoder(), text)),
                unary(
                        "base64url.encode_no_pad",
                        text -> encoded(Base64.getUrlEncoder().withoutPadding(), text)),
                unary("base64url.decode", BytesBuiltins::fromUrlSafe),
                unary("hex.encode", text -> HexFormat.of().formatHex(Utf8.bytes(text))),
                unary("hex.decode", text -> Utf8.text(fromHexadecimal(text))));
    }

    private static Builtin unary(String name, Function<String, String> change) {
        return Builtin.of(
                name,
                UNARY,
                (a, world) -> {
                    String text = Operands.text(a, 0);
                    world.work(StringBuiltins.steps(text));
                    return StringValue.of(change.apply(text));
                });
    }

    private static String encoded(Base64.Encoder encoder, String text) {
        return encoder.encodeToString(Utf8.bytes(text));
    }

    private static Value isBase64(Value[] arguments, Surroundings world) {
        if (!(arguments[0] instanceof StringValue text)) {
            return Operands.of(false);
        }
        world.work(StringBuiltins.steps(text.value()));
        try {
            Base64Text.standard(text.value());
            return Operands.of(true);
        } catch (BuiltinFault fault) {
            return Operands.of(false);
        }
    }

    /// Padding may be missing.
    private static String fromUrlSafe(String text) {
        String padded = text;
        if (!text.endsWith("=")) {
            padded =
                    switch (Utf8.bytes(text).length % 4) {
                        case 0 -> text;
                        case 2 -> text + "==";
                        case 3 -> text + "=";
                        default -> throw BuiltinFault.of("illegal base64url string: %s", text);
                    };
        }
        return Utf8.text(Base64Text.urlSafe(padded));
    }

    private static byte[] fromHexadecimal(String text) {
        byte[] digits = Utf8.bytes(text);
        byte[] bytes = new byte[digits.length / 2];
        for (int i = 0; i < digits.length; i++) {
            int digit = HexFormat.isHexDigit(digits[i]) ? HexFormat.fromHexDigit(digits[i]) : -1;
            if (digit < 0) {
                int character = digits[i] & 0xff;
                String shown =
                        GoQuotedText.isPrintable(character) ? " '%c'".formatted(character) : "";
                throw BuiltinFault.of("encoding/hex: invalid byte: U+%04X%s", character, shown);
            }
            if (i / 2 < bytes.length) {
                bytes[i / 2] |= (byte) (i % 2 == 0 ? digit << 4 : digit);
            }
        }
        if (digits.length % 2 != 0) {
            throw BuiltinFault.of("encoding/hex: odd length hex string");
        }
        return bytes;
    }
}
