package dev.sheaf.rego.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// A tar archive with whatever entries a test wants, made without the writer under test.
final class RawArchive {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    RawArchive file(String name, String content) {
        return entry(name, '0', utf8(content), "");
    }

    RawArchive folder(String name) {
        return entry(name, '5', new byte[0], "");
    }

    RawArchive link(String name, char type, String target) {
        return entry(name, type, new byte[0], target);
    }

    RawArchive entry(String name, char type, byte[] content, String target) {
        return header(name, type, content.length, target).content(content);
    }

    RawArchive header(String name, char type, long size, String target) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000600\0");
        put(header, 108, "0001750\0");
        put(header, 116, "0001750\0");
        put(header, 124, String.format("%011o\0", size));
        put(header, 136, "14700000000\0");
        header[156] = (byte) type;
        put(header, 157, target);
        put(header, 257, "ustar\00000");
        put(header, 148, "        ");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        tar.writeBytes(header);
        return this;
    }

    RawArchive content(byte[] content) {
        tar.writeBytes(content);
        tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    byte[] withoutEnd() {
        return packed(tar.toByteArray());
    }

    byte[] bytes() {
        byte[] all = tar.toByteArray();
        return packed(Arrays.copyOf(all, all.length + 2 * BLOCK));
    }

    /// With one byte of the tar file changed.
    byte[] damagedAt(int offset) {
        byte[] all = tar.toByteArray();
        all[offset] ^= 1;
        return packed(Arrays.copyOf(all, all.length + 2 * BLOCK));
    }

    /// With bytes of contents, or of headers whose checksums are put right, changed.
    byte[] withChanges(Random random, int changes) {
        byte[] all = Arrays.copyOf(tar.toByteArray(), tar.size() + 2 * BLOCK);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(all.length);
            all[at] = (byte) random.nextInt(256);
            int block = at - at % BLOCK;
            int sum = 0;
            for (int j = 0; j < BLOCK; j++) {
                sum += j >= 148 && j < 156 ? ' ' : all[block + j] & 0xff;
            }
            boolean isHeader = all[block + 257] == 'u' && all[block + 258] == 's';
            if (isHeader) {
                byte[] checksum = utf8(String.format("%06o\0 ", sum));
                System.arraycopy(checksum, 0, all, block + 148, checksum.length);
            }
        }
        return packed(all);
    }

    Bundle read() throws IOException {
        return read(bytes(), ReadOptions.DEFAULT);
    }

    static Bundle read(byte[] bytes, ReadOptions options) throws IOException {
        return Bundle.read(new ByteArrayInputStream(bytes), options);
    }

    private static byte[] packed(byte[] tar) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(tar);
        } catch (IOException e) {
            throw new AssertionError("memory has no faults", e);
        }
        return out.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = utf8(text);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
