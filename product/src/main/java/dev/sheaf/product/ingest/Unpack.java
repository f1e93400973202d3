package dev.sheaf.product.ingest;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Makes plain UTF-8 of what is packed (gzip, zstd, members and frames concatenated) or in another
/// encoding. Found out from the first bytes, never from the name alone.
public final class Unpack {
    private static final int BUFFER_BYTES = 1 << 17;

    private Unpack() {}

    /// The file itself if it is plain already, otherwise a plain copy at `copy`.
    ///
    /// @param encoding what the descriptor says, for text; empty means UTF-8 unless there is a
    ///   byte-order mark
    /// @param text false for binary formats, whose bytes are only unpacked
    /// @throws Problem UNREADABLE_INPUT with the offset where unpacking or decoding failed
    public static Path plain(InputFile input, Path copy, Optional<String> encoding, boolean text)
            throws IOException {
        Packing packing = packing(input.path());
        Path unpacked = input.path();
        if (packing != Packing.NONE) {
            unpacked = copy;
            unpack(input, packing, copy);
        }
        if (!text) {
            return unpacked;
        }
        Charset charset = charset(unpacked, encoding);
        if (charset.equals(StandardCharsets.UTF_8)) {
            return unpacked;
        }
        Path decoded = copy.resolveSibling(copy.getFileName() + ".utf8");
        decode(input, unpacked, charset, decoded);
        if (packing != Packing.NONE) {
            Files.delete(unpacked);
        }
        return decoded;
    }

    /// Whether a text file is readable without a copy.
    static boolean isPlain(Path file, Optional<String> encoding) throws IOException {
        return packing(file) == Packing.NONE
                && charset(file, encoding).equals(StandardCharsets.UTF_8);
    }

    private enum Packing {
        NONE,
        GZIP,
        ZSTD
    }

    private static Packing packing(Path file) throws IOException {
        byte[] first = first(file);
        if (first.length >= 2 && (first[0] & 0xff) == 0x1f && (first[1] & 0xff) == 0x8b) {
            return Packing.GZIP;
        }
        boolean zstd =
                first.length >= 4
                        && (first[0] & 0xff) == 0x28
                        && (first[1] & 0xff) == 0xb5
                        && first[2] == 0x2f
                        && (first[3] & 0xff) == 0xfd;
        return zstd ? Packing.ZSTD : Packing.NONE;
    }

    private static byte[] first(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(4);
        }
    }

    private static void unpack(InputFile input, Packing packing, Path copy) throws IOException {
        try (Counted counted = new Counted(Files.newInputStream(input.path()));
                OutputStream out = Files.newOutputStream(copy)) {
            try (InputStream in =
                    packing == Packing.GZIP
                            ? new GZIPInputStream(counted, BUFFER_BYTES)
                            : new ZstdInputStreamNoFinalizer(counted)) {
                copy(in, out, input, packing, counted);
            } catch (IOException e) {
                if (e instanceof WriteFailed) {
                    throw e;
                }
                throw damaged(input, packing, counted, e);
            }
        }
    }

    private static void copy(
            InputStream in, OutputStream out, InputFile input, Packing packing, Counted counted)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            int read;
            try {
                read = in.read(buffer);
            } catch (IOException e) {
                throw damaged(input, packing, counted, e);
            }
            if (read < 0) {
                return;
            }
            try {
                out.write(buffer, 0, read);
            } catch (IOException e) {
                throw new WriteFailed(e);
            }
        }
    }

    private static Problem damaged(
            InputFile input, Packing packing, Counted counted, IOException cause) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "'"
                        + input.name()
                        + "' is damaged or cut off: "
                        + (packing == Packing.GZIP ? "gzip" : "zstd")
                        + " cannot be unpacked beyond byte "
                        + counted.read
                        + " of "
                        + input.bytes()
                        + "; nothing of it was published",
                Map.of("file", input.name(), "offset", counted.read),
                cause);
    }

    private static Charset charset(Path file, Optional<String> encoding) throws IOException {
        byte[] first = first(file);
        if (first.length >= 2 && (first[0] & 0xff) == 0xff && (first[1] & 0xff) == 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        if (first.length >= 2 && (first[0] & 0xff) == 0xfe && (first[1] & 0xff) == 0xff) {
            return StandardCharsets.UTF_16BE;
        }
        String name = encoding.orElse("UTF-8");
        try {
            return Charset.forName(name.equalsIgnoreCase("latin-1") ? "ISO-8859-1" : name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "sheaf.source encoding is not known; use for example utf-8, utf-16, latin-1 or"
                            + " windows-1252",
                    e);
        }
    }

    private static void decode(InputFile input, Path from, Charset charset, Path to)
            throws IOException {
        CharsetDecoder decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
        CharBuffer characters = CharBuffer.allocate(BUFFER_BYTES);
        long consumed = 0;
        try (InputStream in = Files.newInputStream(from);
                java.io.Writer out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
            boolean atEnd = false;
            boolean beginning = true;
            while (!atEnd) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                atEnd = read < 0;
                bytes.position(bytes.position() + Math.max(0, read)).flip();
                int before = bytes.position();
                CoderResult result = decoder.decode(bytes, characters, atEnd);
                consumed += bytes.position() - before;
                if (result.isError() || atEnd && bytes.hasRemaining()) {
                    throw undecodable(input, charset, consumed);
                }
                bytes.compact();
                characters.flip();
                if (beginning && characters.hasRemaining()) {
                    beginning = false;
                    if (characters.get(characters.position()) == '\ufeff') {
                        characters.get();
                    }
                }
                out.append(characters);
                characters.clear();
            }
        }
    }

    private static Problem undecodable(InputFile input, Charset charset, long offset) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "'"
                        + input.name()
                        + "' is not "
                        + charset.name()
                        + ": the bytes at offset "
                        + offset
                        + " are no character of it; say the right sheaf.source encoding",
                Map.of("file", input.name(), "offset", offset),
                null);
    }

    /// Keeps a full disk apart from a damaged input.
    private static final class WriteFailed extends IOException {
        private static final long serialVersionUID = 1L;

        WriteFailed(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static final class Counted extends FilterInputStream {
        private long read;

        Counted(InputStream in) {
            super(new BufferedInputStream(in, BUFFER_BYTES));
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            read += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            read += Math.max(0, count);
            return count;
        }
    }
}
