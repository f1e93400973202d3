package dev.sheaf.node.runs;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `multipart/form-data` (RFC 7578, RFC 2046 section 5.1) part by part in bounded memory. Not
/// for use by several threads.
final class MultipartReader {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int HEADERS_BYTES_MAX = 16 << 10;
    private static final int BOUNDARY_CHARACTERS_MAX = 70;
    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "multipart/form-data\\s*;.*?boundary=(?:\"([^\"]+)\"|([^\\s;\"]+)).*",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_NAME =
            Pattern.compile("(?im)^content-disposition:.*?;\\s*filename=\"([^\"]*)\"");

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private boolean atDelimiter;
    private boolean ended;
    private Optional<String> fileName = Optional.empty();

    MultipartReader(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        // The first delimiter may stand at the very beginning, without the line feed before it.
        buffer[0] = '\r';
        buffer[1] = '\n';
        to = 2;
    }

    /// @throws Problem BAD_REQUEST when the content is of another type
    static String boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (matcher.matches()) {
            String boundary = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            if (boundary != null && boundary.length() <= BOUNDARY_CHARACTERS_MAX) {
                return boundary;
            }
        }
        throw new Problem(
                ProblemCode.BAD_REQUEST,
                "send files as multipart/form-data with a boundary, or JSON with uris");
    }

    /// Goes to the next part, past what is left of this one; false at the end.
    boolean next() throws IOException {
        byte[] scrap = new byte[BUFFER_BYTES];
        while (!atDelimiter && !ended) {
            if (readContent(scrap, 0, scrap.length) < 0) {
                break;
            }
        }
        if (ended) {
            return false;
        }
        from += delimiter.length;
        atDelimiter = false;
        String rest = line();
        if (rest.startsWith("--")) {
            ended = true;
            drain();
            return false;
        }
        readHeaders();
        return true;
    }

    Optional<String> fileName() {
        return fileName;
    }

    /// The part's bytes; ends with the part.
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return length == 0 ? 0 : readContent(target, offset, length);
            }
        };
    }

    private void readHeaders() throws IOException {
        StringBuilder headers = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.append(line).append('\n');
            if (headers.length() > HEADERS_BYTES_MAX) {
                throw malformed("a part's headers are too large");
            }
        }
        Matcher name = FILE_NAME.matcher(headers);
        fileName =
                name.find()
                        ? Optional.of(
                                name.group(1)
                                        .replace("%22", "\"")
                                        .replace("%0D", "")
                                        .replace("%0A", ""))
                        : Optional.empty();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (from == to && !fill()) {
                throw cutOff();
            }
            byte next = buffer[from++];
            if (next == '\n') {
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r'
                        ? utf8(line.substring(0, length - 1))
                        : utf8(line.toString());
            }
            line.append((char) (next & 0xff));
            if (line.length() > HEADERS_BYTES_MAX) {
                throw malformed("a line between parts is too long");
            }
        }
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private int readContent(byte[] target, int offset, int length) throws IOException {
        while (true) {
            int at = indexOfDelimiter();
            if (at == from) {
                atDelimiter = true;
                return -1;
            }
            int safe = at >= 0 ? at : to - delimiter.length + 1;
            if (safe > from) {
                int count = Math.min(length, safe - from);
                System.arraycopy(buffer, from, target, offset, count);
                from += count;
                return count;
            }
            if (!fill()) {
                throw cutOff();
            }
        }
    }

    /// Where the delimiter begins in the buffer, or -1.
    private int indexOfDelimiter() {
        int last = to - delimiter.length;
        for (int start = from; start <= last; start++) {
            if (buffer[start] == '\r' && matches(start)) {
                return start;
            }
        }
        return -1;
    }

    private boolean matches(int start) {
        for (int i = 1; i < delimiter.length; i++) {
            if (buffer[start + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        int read = in.read(buffer, to, buffer.length - to);
        if (read > 0) {
            to += read;
        }
        return read >= 0;
    }

    private void drain() throws IOException {
        from = 0;
        to = 0;
        long left = HEADERS_BYTES_MAX;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            left -= read;
            if (left < 0) {
                throw malformed("there is more after the last part");
            }
        }
    }

    private static EOFException cutOff() {
        return new EOFException("it ends in the middle of a part");
    }

    private static Problem malformed(String what) {
        return new Problem(ProblemCode.BAD_REQUEST, "the multipart body is malformed: " + what);
    }
}
