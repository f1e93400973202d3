package dev.sheaf.node.links;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A handler that keeps what it is told, and notices calls that overlap.
final class Recorder implements LinkHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final BlockingQueue<Link> ups = new LinkedBlockingQueue<>();
    final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    final BlockingQueue<String> downs = new LinkedBlockingQueue<>();
    final BlockingQueue<Link> writables = new LinkedBlockingQueue<>();
    final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public void up(Link link) {
        alone(() -> ups.add(link));
    }

    @Override
    public void frame(Link link, byte[] frame) {
        alone(() -> frames.add(frame));
    }

    @Override
    public void writable(Link link) {
        alone(() -> writables.add(link));
    }

    @Override
    public void down(Link link, String reason) {
        alone(() -> downs.add(reason));
    }

    private void alone(Runnable work) {
        if (inside.getAndIncrement() > 0) {
            overlaps.incrementAndGet();
        }
        work.run();
        inside.decrementAndGet();
    }

    static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (taken == null) {
            throw new AssertionError("nothing came in " + PATIENCE);
        }
        return taken;
    }
}
