package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The bytes of a gzip file, as far as the limits allow. Faults of gzip are [Problem]s; those of
/// the stream below it are passed on.
final class UnpackedStream extends InputStream {
    private static final int BUFFER_BYTES = 16 << 10;
    private static final long RATIO_FROM_BYTES = 1L << 20;

    private final CountedStream packed;
    private final InputStream unpacked;
    private final ArchiveLimits limits;
    private long count;

    UnpackedStream(InputStream in, ArchiveLimits limits) throws IOException {
        this.packed = new CountedStream(in);
        this.limits = limits;
        try {
            this.unpacked = new GZIPInputStream(packed, BUFFER_BYTES);
        } catch (ZipException | EOFException e) {
            throw fault(e);
        }
    }

    private static Problem fault(IOException e) {
        String what = e instanceof EOFException ? "it ends early" : "it is no intact gzip file";
        return Faults.broken(what + ". Fetch or build it again", e);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read;
        try {
            read = unpacked.read(into, offset, length);
        } catch (ZipException | EOFException e) {
            throw fault(e);
        }
        count += Math.max(0, read);
        if (count > limits.bytesTotalMax()) {
            throw Faults.tooLarge(
                    "it unpacks to more than is allowed", limits.bytesTotalMax(), "bytes");
        }
        if (count > RATIO_FROM_BYTES && count / limits.ratioMax() > packed.count()) {
            throw Faults.tooLarge(
                    "it unpacks to " + count + " bytes and more from " + packed.count(),
                    limits.ratioMax(),
                    "unpacked bytes for each packed one");
        }
        return read;
    }
}
