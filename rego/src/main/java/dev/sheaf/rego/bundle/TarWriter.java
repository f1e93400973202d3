package dev.sheaf.rego.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// Writes files as a tar archive in gzip: ustar, and pax headers for names that do not fit. Nothing
/// but names and contents goes in, so that the same files become the same bytes.
final class TarWriter {
    private static final String PAX_NAME = "pax_header";
    private static final int LONG = Integer.MAX_VALUE;
    private static final byte[] MODE = ascii("0000644\0");
    private static final byte[] ZERO = ascii("0000000\0");

    private final OutputStream out;

    private TarWriter(OutputStream out) {
        this.out = out;
    }

    /// Does not close the stream.
    static void writeGzip(List<BundleFile> files, OutputStream out) throws IOException {
        GZIPOutputStream packed = new GZIPOutputStream(out);
        TarWriter writer = new TarWriter(packed);
        for (BundleFile file : files) {
            writer.file(file);
        }
        packed.write(new byte[2 * TarHeader.BLOCK_BYTES]);
        packed.finish();
        out.flush();
    }

    private void file(BundleFile file) throws IOException {
        String name = file.name();
        int cut = cut(name);
        if (cut == LONG) {
            entry("", PAX_NAME, 'x', PaxRecords.write("path", name));
            entry("", PAX_NAME, '0', file.bytes());
        } else {
            String prefix = cut < 0 ? "" : name.substring(0, cut);
            entry(prefix, name.substring(cut + 1), '0', file.bytes());
        }
    }

    /// The slash that parts the prefix from the name, -1 for none; LONG when it does not fit.
    private static int cut(String name) {
        boolean isAscii = name.chars().allMatch(c -> c < 0x80);
        if (isAscii && name.length() <= TarHeader.NAME_BYTES) {
            return -1;
        }
        int slash = name.indexOf('/', Math.max(0, name.length() - TarHeader.NAME_BYTES - 1));
        boolean isFitting = slash > 0 && slash <= TarHeader.PREFIX_BYTES;
        return isAscii && isFitting && slash < name.length() - 1 ? slash : LONG;
    }

    private void entry(String prefix, String name, char type, byte[] content) throws IOException {
        byte[] header = new byte[TarHeader.BLOCK_BYTES];
        put(header, 0, ascii(name));
        put(header, 100, MODE);
        put(header, 108, ZERO);
        put(header, 116, ZERO);
        put(header, TarHeader.SIZE_AT, ascii(String.format(Locale.ROOT, "%011o", content.length)));
        put(header, 136, ascii("00000000000"));
        header[TarHeader.TYPE_AT] = (byte) type;
        put(header, TarHeader.MAGIC_AT, ascii(TarHeader.MAGIC + "00"));
        put(header, 329, ZERO);
        put(header, 337, ZERO);
        put(header, TarHeader.PREFIX_AT, ascii(prefix));
        String sum = String.format(Locale.ROOT, "%06o\0 ", TarHeader.checksum(header));
        put(header, TarHeader.CHECKSUM_AT, ascii(sum));
        out.write(header);
        out.write(content);
        int rest = content.length % TarHeader.BLOCK_BYTES;
        out.write(new byte[rest == 0 ? 0 : TarHeader.BLOCK_BYTES - rest]);
    }

    private static void put(byte[] header, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
