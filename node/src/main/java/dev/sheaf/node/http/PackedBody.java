package dev.sheaf.node.http;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/// Bodies that clients may send packed, as those of OpenLineage and OpenTelemetry do.
public final class PackedBody {
    private PackedBody() {}

    /// As it was before the client packed it.
    ///
    /// @param max as it is sent and as it is unpacked, however small it was packed
    /// @throws Problem TOO_LARGE; UNSUPPORTED_MEDIA_TYPE for an encoding other than gzip;
    ///   BAD_REQUEST for what is no gzip
    public static byte[] of(Request request, ByteSize max) {
        byte[] sent = request.wholeBody(max);
        String encoding = request.header("Content-Encoding").orElse("identity");
        return switch (encoding) {
            case "identity" -> sent;
            case "gzip" -> unpacked(sent, max);
            default ->
                    throw new Problem(
                            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                            "the body is encoded as '"
                                    + encoding
                                    + "': send it as gzip or as it is");
        };
    }

    private static byte[] unpacked(byte[] sent, ByteSize max) {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(sent))) {
            byte[] body = stream.readNBytes(Math.toIntExact(max.bytes() + 1));
            if (body.length > max.bytes()) {
                throw new Problem(
                        ProblemCode.TOO_LARGE, "the request's body is larger than " + max);
            }
            return body;
        } catch (IOException e) {
            throw new Problem(ProblemCode.BAD_REQUEST, "the body is no gzip: " + e.getMessage(), e);
        }
    }
}
