package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Schema;

import java.util.concurrent.locks.ReentrantLock;

/// Another region's answer as it comes: one batch is here, and one may be on its way.
final class FlightRows implements ArrowResult {
    private final RegionName region;
    private final FlightStream stream;
    private final OpenCall call;
    private final PeerWatch watch;
    private final Schema schema;
    private final ReentrantLock reading = new ReentrantLock();
    private boolean closed;

    FlightRows(RegionName region, FlightStream stream, OpenCall call, PeerWatch watch) {
        this.region = region;
        this.stream = stream;
        this.call = call;
        this.watch = watch;
        this.schema = stream.getSchema();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    /// @throws Problem that names the region
    @Override
    public boolean next() {
        reading.lock();
        try {
            if (closed) {
                throw new Problem(
                        ProblemCode.CANCELLED, "the sub-query in " + region + " was cancelled");
            }
            boolean more = stream.next();
            watch.heard();
            if (!more) {
                watch.end(call);
            }
            return more;
        } catch (FlightRuntimeException e) {
            watch.end(call);
            throw call.problem(e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public VectorSchemaRoot batch() {
        return stream.getRoot();
    }

    @Override
    public DictionaryProvider dictionaries() {
        return stream.getDictionaryProvider();
    }

    /// A reader in another thread is woken first.
    @Override
    public void close() {
        call.cancel();
        reading.lock();
        try {
            if (!closed) {
                closed = true;
                watch.end(call);
                close(stream);
            }
        } finally {
            reading.unlock();
        }
    }

    static void close(FlightStream stream) {
        try {
            stream.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("an answer did not close", e);
        }
    }
}
