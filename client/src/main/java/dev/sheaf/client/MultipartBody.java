package dev.sheaf.client;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/// Files as `multipart/form-data` (RFC 7578), streamed: nothing is held in memory.
final class MultipartBody {
    private final String boundary = "sheaf-" + UUID.randomUUID();
    private final BodyPublisher publisher;

    /// @param sentBytes told the number of bytes sent so far, from the connection's threads
    MultipartBody(List<Upload> uploads, LongConsumer sentBytes) {
        List<BodyPublisher> parts = new ArrayList<>();
        for (Upload upload : uploads) {
            parts.add(
                    text(
                            "--"
                                    + boundary
                                    + "\r\n"
                                    + "Content-Disposition: form-data; name=\"file\"; filename=\""
                                    + quoted(upload.name())
                                    + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"));
            parts.add(content(upload));
            parts.add(text("\r\n"));
        }
        parts.add(text("--" + boundary + "--\r\n"));
        this.publisher =
                new Counted(BodyPublishers.concat(parts.toArray(BodyPublisher[]::new)), sentBytes);
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher publisher() {
        return publisher;
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }

    private static BodyPublisher content(Upload upload) {
        return switch (upload) {
            case Upload.OfStream of -> BodyPublishers.ofInputStream(of.stream());
            case Upload.OfFile of -> {
                try {
                    yield BodyPublishers.ofFile(of.path());
                } catch (FileNotFoundException e) {
                    throw new Problem(
                            ProblemCode.NOT_FOUND,
                            "the file " + of.path() + " does not exist or cannot be read",
                            e);
                }
            }
        };
    }

    /// As browsers do it (HTML living standard, multipart/form-data encoding).
    private static String quoted(String name) {
        return name.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
    }

    private record Counted(BodyPublisher inner, LongConsumer sentBytes) implements BodyPublisher {
        @Override
        public long contentLength() {
            return inner.contentLength();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            inner.subscribe(new CountingSubscriber(subscriber, sentBytes));
        }
    }

    private static final class CountingSubscriber implements Flow.Subscriber<ByteBuffer> {
        private final Flow.Subscriber<? super ByteBuffer> inner;
        private final LongConsumer sentBytes;
        private long sum;

        CountingSubscriber(Flow.Subscriber<? super ByteBuffer> inner, LongConsumer sentBytes) {
            this.inner = inner;
            this.sentBytes = sentBytes;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            inner.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer item) {
            sum += item.remaining();
            inner.onNext(item);
            sentBytes.accept(sum);
        }

        @Override
        public void onError(Throwable failure) {
            inner.onError(failure);
        }

        @Override
        public void onComplete() {
            inner.onComplete();
        }
    }
}
