package dev.sheaf.lake.internal.store;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An upload in parts: nothing is seen before the last step, and a failure takes the parts away.
final class S3Parts {
    /// Above this size, parts: one lost connection then costs one part.
    static final long SINGLE_BYTES_MAX = 32L << 20;

    private static final long PART_BYTES_MIN = 16L << 20;
    private static final int PARTS_MAX = 10_000;

    private final S3Client client;
    private final ObjectLocation target;

    S3Parts(S3Client client, ObjectLocation target) {
        this.client = client;
        this.target = target;
    }

    void upload(Path local) {
        String upload =
                client.createMultipartUpload(
                                create -> create.bucket(target.container()).key(target.key()))
                        .uploadId();
        try {
            List<CompletedPart> parts = parts(local, upload);
            client.completeMultipartUpload(complete ->
                    complete.bucket(target.container())
                            .key(target.key())
                            .uploadId(upload)
                            .multipartUpload(all -> all.parts(parts)));
        } catch (IOException e) {
            abort(upload, e);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            abort(upload, e);
            throw e;
        }
    }

    private List<CompletedPart> parts(Path local, String upload) throws IOException {
        long size = Files.size(local);
        long partBytes = Math.max(PART_BYTES_MIN, size / PARTS_MAX + 1);
        List<CompletedPart> parts = new ArrayList<>();
        for (long start = 0; start < size; start += partBytes) {
            int number = parts.size() + 1;
            long from = start;
            long length = Math.min(partBytes, size - start);
            RequestBody body =
                    RequestBody.fromContentProvider(
                            () -> slice(local, from, length), length, "application/octet-stream");
            String tag =
                    client.uploadPart(
                                    part ->
                                            part.bucket(target.container())
                                                    .key(target.key())
                                                    .uploadId(upload)
                                                    .partNumber(number),
                                    body)
                            .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        return parts;
    }

    private static InputStream slice(Path local, long from, long length) {
        try {
            return new FileSlice(local, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void abort(String upload, Exception error) {
        try {
            client.abortMultipartUpload(
                    abort -> abort.bucket(target.container()).key(target.key()).uploadId(upload));
        } catch (RuntimeException e) {
            error.addSuppressed(e);
        }
    }
}
