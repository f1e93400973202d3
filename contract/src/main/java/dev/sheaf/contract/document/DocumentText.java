package dev.sheaf.contract.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// From bytes to text: UTF-8, with or without a byte order mark, and no control characters.
final class DocumentText {
    private DocumentText() {}

    static String decode(byte[] bytes) throws DocumentFault {
        if (bytes.length > DocumentReader.BYTES_MAX) {
            throw new DocumentFault(
                    Position.START,
                    "size",
                    bytes.length
                            + " bytes are more than the "
                            + DocumentReader.BYTES_MAX
                            + " that a document may have");
        }
        if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
            throw new DocumentFault(
                    Position.START, "encoding", "is UTF-16 or UTF-32; save it as UTF-8");
        }
        int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        CharBuffer text = CharBuffer.allocate(bytes.length - start);
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer input = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CoderResult result = decoder.decode(input, text, true);
        text.flip();
        String decoded = text.toString();
        if (result.isError()) {
            throw new DocumentFault(
                    end(decoded),
                    "encoding",
                    String.format(
                            "byte 0x%02X at offset %d is not UTF-8; save the file as UTF-8",
                            bytes[input.position()] & 0xFF, input.position()));
        }
        refuseControls(decoded);
        return decoded;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int index = 0; index < mark.length; index++) {
            if ((bytes[index] & 0xFF) != mark[index]) {
                return false;
            }
        }
        return true;
    }

    private static void refuseControls(String text) throws DocumentFault {
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            boolean allowed = c >= ' ' && c != 0x7F || c == '\n' || c == '\r' || c == '\t';
            if (!allowed || c == 0xFFFE || c == 0xFFFF) {
                throw new DocumentFault(
                        end(text.substring(0, index)),
                        "encoding",
                        String.format(
                                "holds the control character U+%04X, which neither YAML nor JSON"
                                        + " allows; remove it or write it as an escape in quotes",
                                (int) c));
            }
        }
    }

    /// The place after the text's last character.
    private static Position end(String text) {
        int line = 1;
        int lineStart = 0;
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) == '\n') {
                line++;
                lineStart = index + 1;
            }
        }
        return new Position(line, text.codePointCount(lineStart, text.length()) + 1);
    }
}
