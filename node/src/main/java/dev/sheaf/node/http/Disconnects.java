package dev.sheaf.node.http;

import io.javalin.http.Context;

import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Notices callers that hang up while nothing is being written to them.
///
/// A server that is busy with a request does not read its connection, so it would learn of a
/// hang-up only when it writes. Here the connections of long requests are looked at twice a second.
/// Should a client send its next request early (HTTP pipelining), the byte that was read makes the
/// connection useless after this answer, and it is closed, as RFC 9112 section 9.3.2 allows.
final class Disconnects implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Disconnects.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Map<EndPoint, Watch> watches = new ConcurrentHashMap<>();
    private final Thread thread;

    Disconnects() {
        this.thread = Thread.ofVirtual().name("disconnects").start(this::lookAround);
    }

    void watch(Context context, Runnable action) {
        EndPoint connection = connection(context);
        watches.put(connection, new Watch(connection, action));
    }

    /// The answer has ended; whether the connection must not be used again.
    boolean forget(Context context) {
        Watch watch = watches.isEmpty() ? null : watches.remove(connection(context));
        return watch != null && watch.end();
    }

    /// Ends the connection at once, in the middle of whatever was being sent.
    static void cut(Context context) {
        connection(context).close(new IOException("the answer could not be finished"));
    }

    private static EndPoint connection(Context context) {
        return ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
    }

    private void lookAround() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                return;
            }
            watches.values().forEach(Watch::look);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private static final class Watch {
        private final EndPoint connection;
        private final Runnable action;
        private boolean over;
        private boolean spoiled;

        Watch(EndPoint connection, Runnable action) {
            this.connection = connection;
            this.action = action;
        }

        synchronized void look() {
            if (over || spoiled) {
                return;
            }
            if (gone()) {
                over = true;
                Thread.ofVirtual().name("hang-up").start(action);
            }
        }

        private boolean gone() {
            ByteBuffer one = BufferUtil.allocate(1);
            try {
                int read = connection.fill(one);
                spoiled = read > 0;
                return read < 0;
            } catch (IOException e) {
                LOG.debug("a connection broke while its request was worked on", e);
                return true;
            }
        }

        synchronized boolean end() {
            over = true;
            return spoiled;
        }
    }
}
