package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Base64 (RFC 4648) read as OPA reads it: line ends are skipped, bits that pad the last character
/// are not looked at, and a fault names the place of the first wrong byte.
final class GoBase64 {
    private static final String COMMON =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private GoBase64() {}

    /// The standard alphabet, with padding.
    static byte[] decode(String text) {
        return decode(text.getBytes(StandardCharsets.UTF_8), '+', '/');
    }

    /// The alphabet of URLs. Padding may be left out, as RFC 7515, appendix C, has it.
    static byte[] decodeUrl(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String padding = "";
        if (!text.endsWith("=")) {
            padding =
                    switch (bytes.length % 4) {
                        case 0 -> "";
                        case 2 -> "==";
                        case 3 -> "=";
                        default -> throw BuiltinFault.of("illegal base64url string: " + text);
                    };
        }
        return decode((text + padding).getBytes(StandardCharsets.UTF_8), '-', '_');
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static String encodeUrl(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(byte[] source, char sixtyTwo, char sixtyThree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(source.length * 3 / 4);
        int bits = 0;
        int digits = 0;
        for (int i = 0; i < source.length; i++) {
            char c = (char) (source[i] & 0xff);
            if (c == '\n' || c == '\r') {
                continue;
            }
            if (c == '=') {
                int count = end(source, i, digits);
                bits <<= 6 * (4 - count);
                for (int j = 0; j < count - 1; j++) {
                    out.write(bits >>> 16 - 8 * j);
                }
                return out.toByteArray();
            }
            int digit = c == sixtyTwo ? 62 : c == sixtyThree ? 63 : COMMON.indexOf(c);
            if (digit < 0) {
                throw corrupt(i);
            }
            bits = bits << 6 | digit;
            if (++digits == 4) {
                out.write(bits >>> 16);
                out.write(bits >>> 8);
                out.write(bits);
                bits = 0;
                digits = 0;
            }
        }
        if (digits != 0) {
            throw corrupt(source.length - digits);
        }
        return out.toByteArray();
    }

    /// Checks what follows from the first `=`.
    ///
    /// @return how many characters the last group has
    private static int end(byte[] source, int padding, int digits) {
        if (digits < 2) {
            throw corrupt(padding);
        }
        int next = afterLineEnds(source, padding + 1);
        if (digits == 2) {
            if (next == source.length) {
                throw corrupt(source.length);
            }
            if (source[next] != '=') {
                throw corrupt(next - 1);
            }
            next = afterLineEnds(source, next + 1);
        }
        if (next < source.length) {
            throw corrupt(next);
        }
        return digits;
    }

    private static int afterLineEnds(byte[] source, int start) {
        int next = start;
        while (next < source.length && (source[next] == '\n' || source[next] == '\r')) {
            next++;
        }
        return next;
    }

    private static BuiltinFault corrupt(int place) {
        return BuiltinFault.of("illegal base64 data at input byte %d", place);
    }
}
