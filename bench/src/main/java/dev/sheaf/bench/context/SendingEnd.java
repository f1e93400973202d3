package dev.sheaf.bench.context;

import dev.sheaf.node.links.Link;
import dev.sheaf.node.links.LinkHandler;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/// The end of a link that sends, and waits where there is no room.
final class SendingEnd implements LinkHandler {
    private final CompletableFuture<Link> link = new CompletableFuture<>();
    private final Semaphore room = new Semaphore(0);
    private final BlockingQueue<Long> counts = new LinkedBlockingQueue<>();

    /// Waits for the link, and for room.
    void send(byte[] frame) throws InterruptedException {
        Link open = open();
        while (!open.send(frame)) {
            room.acquire();
        }
    }

    private Link open() throws InterruptedException {
        try {
            return link.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("there is no link", e.getCause());
        }
    }

    /// How many events the other end has got, once it has got everything.
    long count() throws InterruptedException {
        send(new byte[1]);
        return counts.take();
    }

    @Override
    public void up(Link opened) {
        if (opened.outgoing()) {
            link.complete(opened);
        }
    }

    @Override
    public void frame(Link from, byte[] frame) {
        counts.add(ByteBuffer.wrap(frame).getLong());
    }

    @Override
    public void writable(Link there) {
        room.release();
    }

    @Override
    public void down(Link lost, String reason) {
        link.completeExceptionally(new IllegalStateException(reason));
    }
}
