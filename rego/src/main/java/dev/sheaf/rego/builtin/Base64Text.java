package dev.sheaf.rego.builtin;

import java.io.ByteArrayOutputStream;

/// Base64 with padding, read as Go's package `encoding/base64` reads it: line breaks are skipped,
/// left-over bits are not looked at, and a fault names the byte.
final class Base64Text {
    private static final int PADDING = '=';

    private final byte[] source;
    private final String alphabet;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at;

    private Base64Text(String text, String alphabet) {
        this.source = Utf8.bytes(text);
        this.alphabet = alphabet;
    }

    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// @throws BuiltinFault when it is not well-formed
    static byte[] standard(String text) {
        return new Base64Text(text, LETTERS + "+/").run();
    }

    /// @throws BuiltinFault when it is not well-formed
    static byte[] urlSafe(String text) {
        return new Base64Text(text, LETTERS + "-_").run();
    }

    private byte[] run() {
        boolean isOpen = true;
        while (isOpen) {
            isOpen = quantum();
        }
        return out.toByteArray();
    }

    /// Reads four characters.
    ///
    /// @return whether more may follow
    private boolean quantum() {
        int bits = 0;
        int count = 0;
        while (count < 4) {
            skipLineBreaks();
            if (at == source.length) {
                if (count == 0) {
                    return false;
                }
                throw corrupt(at - count);
            }
            int digit = alphabet.indexOf(source[at] & 0xff);
            if (digit < 0) {
                padding(count);
                write(bits << 6 * (4 - count), count - 1);
                return false;
            }
            bits = bits << 6 | digit;
            at++;
            count++;
        }
        write(bits, 3);
        return true;
    }

    private void padding(int count) {
        if (source[at] != PADDING || count < 2) {
            throw corrupt(at);
        }
        at++;
        if (count == 2) {
            skipLineBreaks();
            if (at == source.length) {
                throw corrupt(at);
            }
            if (source[at] != PADDING) {
                throw corrupt(at - 1);
            }
            at++;
        }
        skipLineBreaks();
        if (at < source.length) {
            throw corrupt(at);
        }
    }

    private void skipLineBreaks() {
        while (at < source.length && (source[at] == '\n' || source[at] == '\r')) {
            at++;
        }
    }

    private void write(int bits, int count) {
        for (int i = 0; i < count; i++) {
            out.write(bits >> 16 - 8 * i);
        }
    }

    private static BuiltinFault corrupt(int place) {
        return BuiltinFault.of("illegal base64 data at input byte %d", place);
    }
}
