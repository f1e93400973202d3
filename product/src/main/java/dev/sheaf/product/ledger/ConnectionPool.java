package dev.sheaf.product.ledger;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A few connections, shared by many threads. One that failed is closed, never reused.
final class ConnectionPool implements AutoCloseable {
    static final int CONNECTIONS_MAX = 4;
    private static final int WAIT_SECONDS_MAX = 30;
    private static final long IDLE_NANOS_UNCHECKED_MAX = TimeUnit.SECONDS.toNanos(10);
    private static final int CHECK_SECONDS_MAX = 5;

    private final String where;
    private final Opener opener;
    private final Semaphore permits = new Semaphore(CONNECTIONS_MAX);
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /// @param where the database as it is named in messages; holds no secret
    ConnectionPool(String where, Opener opener) {
        this.where = where;
        this.opener = opener;
    }

    /// Runs single statements, each its own transaction.
    <T> T read(Work<T> work) {
        return with(work);
    }

    /// Runs the work as one transaction, durable when this returns; after any failure nothing of it
    /// remains.
    void write(Step step) {
        with(connection -> {
            connection.setAutoCommit(false);
            commit(connection, step);
            connection.setAutoCommit(true);
            return true;
        });
    }

    private static void commit(Connection connection, Step step) throws SQLException {
        try {
            step.with(connection);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException broken) {
                e.addSuppressed(broken);
            }
            throw e;
        }
    }

    private <T> T with(Work<T> work) {
        acquire();
        try {
            Connection connection = borrow();
            boolean sound = false;
            try {
                T result = work.with(connection);
                sound = true;
                return result;
            } catch (Problem refusal) {
                sound = true;
                throw refusal;
            } finally {
                giveBack(connection, sound);
            }
        } catch (SQLException e) {
            throw SqlProblems.of(where, e);
        } finally {
            permits.release();
        }
    }

    private void acquire() {
        if (closed) {
            throw new Problem(ProblemCode.UNAVAILABLE, "the ledger " + where + " is closed");
        }
        try {
            if (!permits.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new Problem(
                        ProblemCode.BUSY,
                        "no connection to the ledger "
                                + where
                                + " became free within "
                                + WAIT_SECONDS_MAX
                                + " s; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "interrupted while waiting for the ledger", e);
        }
    }

    private Connection borrow() throws SQLException {
        for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            boolean fresh = System.nanoTime() - next.sinceNanos < IDLE_NANOS_UNCHECKED_MAX;
            if (fresh || next.connection.isValid(CHECK_SECONDS_MAX)) {
                return next.connection;
            }
            next.connection.close();
        }
        return opener.open();
    }

    private void giveBack(Connection connection, boolean sound) throws SQLException {
        if (sound && !closed) {
            idle.addFirst(new Idle(connection, System.nanoTime()));
        } else {
            connection.close();
        }
    }

    /// Waits for work under way, then closes every connection.
    @Override
    public void close() {
        closed = true;
        permits.acquireUninterruptibly(CONNECTIONS_MAX);
        try {
            for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
                next.connection.close();
            }
        } catch (SQLException e) {
            throw SqlProblems.of(where, e);
        } finally {
            permits.release(CONNECTIONS_MAX);
        }
    }

    private record Idle(Connection connection, long sinceNanos) {}

    /// Opens a connection in autocommit mode.
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /// What is done with a connection.
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /// What is done with a connection within a transaction.
    @FunctionalInterface
    interface Step {
        void with(Connection connection) throws SQLException;
    }
}
