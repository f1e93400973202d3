package dev.sheaf.node.federation;

import java.util.logging.Level;
import java.util.logging.Logger;

/// How the Flight library is used: without its ways into the insides of gRPC, which it takes to save
/// a copy and which this gRPC does not have any more (ADR 0029). Must come before its first message.
final class FlightLibrary {
    private static final String READ = "arrow.flight.enable_zero_copy_read";
    private static final String WRITE = "arrow.flight.enable_zero_copy_write";

    /// Tells of each answer that is cancelled half-way as if it were a fault.
    private static final Logger STREAM_ERRORS =
            Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler");

    private FlightLibrary() {}

    static void prepare() {
        System.setProperty(READ, "false");
        System.setProperty(WRITE, "false");
        STREAM_ERRORS.setLevel(Level.SEVERE);
    }
}
