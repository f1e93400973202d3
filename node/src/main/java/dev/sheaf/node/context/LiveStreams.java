package dev.sheaf.node.context;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Answers that go on until their reader leaves: server-sent events. Each blocks its own virtual
/// thread and nothing else, however slowly it is read. For any thread.
final class LiveStreams implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /// How long it takes at most to notice that a reader is gone or the node stops.
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final int placesMax;
    private final Semaphore places;
    private volatile boolean closed;

    LiveStreams(int placesMax) {
        this.placesMax = placesMax;
        this.places = new Semaphore(placesMax);
    }

    /// What is streamed. Used by one thread.
    interface Feed extends AutoCloseable {
        /// The next event, or empty when there was none in this time.
        Optional<Event> next(Duration patience) throws InterruptedException;

        @Override
        void close();
    }

    /// @param position where to resume
    /// @param data written as JSON
    record Event(String position, Object data) {}

    int open() {
        return placesMax - places.availablePermits();
    }

    /// @param name of every event
    /// @param feed opened when the answer begins; what it throws then is the answer
    Reply stream(Request request, String name, Supplier<Feed> feed) {
        return new Reply.Stream(
                200, "text/event-stream", body -> run(request, name, feed, body), Map.of());
    }

    private void run(Request request, String name, Supplier<Feed> source, OutputStream body)
            throws IOException {
        if (closed || !places.tryAcquire()) {
            throw new Problem(
                    ProblemCode.BUSY,
                    closed
                            ? "the node is stopping and opens no streams"
                            : "the node serves "
                                    + placesMax
                                    + " streams already, which is all it does at once");
        }
        try (Feed feed = source.get()) {
            AtomicBoolean gone = new AtomicBoolean();
            request.onDisconnect(() -> gone.set(true));
            follow(feed, name, body, gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the node stops", e);
        } finally {
            places.release();
        }
    }

    private void follow(Feed feed, String name, OutputStream body, AtomicBoolean gone)
            throws IOException, InterruptedException {
        comment(body, "it begins");
        long writtenNanos = System.nanoTime();
        while (!gone.get() && !closed) {
            Optional<Event> event = feed.next(PATIENCE);
            if (event.isPresent()) {
                write(body, name, event.get());
            } else if (System.nanoTime() - writtenNanos >= HEARTBEAT.toNanos()) {
                comment(body, "still there");
            } else {
                continue;
            }
            writtenNanos = System.nanoTime();
        }
    }

    private static void write(OutputStream body, String name, Event event) throws IOException {
        String text =
                "id: "
                        + event.position()
                        + "\nevent: "
                        + name
                        + "\ndata: "
                        + Wire.json().writeValueAsString(event.data())
                        + "\n\n";
        body.write(text.getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    private static void comment(OutputStream body, String text) throws IOException {
        body.write((": " + text + "\n\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    /// Ends all streams soon, and lets no new one begin.
    @Override
    public void close() {
        closed = true;
    }
}
