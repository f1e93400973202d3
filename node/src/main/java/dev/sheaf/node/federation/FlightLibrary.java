package dev.sheaf.node.federation;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/// How the Flight library is used: without its ways into the insides of gRPC, which it takes to
/// save a copy and which this gRPC does not have any more (ADR 0029). Must come before its first
/// message.
public final class FlightLibrary {
    private static final String READ = "arrow.flight.enable_zero_copy_read";
    private static final String WRITE = "arrow.flight.enable_zero_copy_write";

    /// Tells of each answer that is cancelled half-way as if it were a fault.
    private static final Logger STREAM_ERRORS =
            Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler");

    private FlightLibrary() {}

    /// Of a Flight service the methods that are used, which write as any other service does.
    ///
    /// @param used their bare names
    public static ServerServiceDefinition plain(ServerServiceDefinition service, Set<String> used) {
        ServerServiceDefinition.Builder plain =
                ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
        for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
            if (used.contains(method.getMethodDescriptor().getBareMethodName())) {
                plain.addMethod(plain(method));
            }
        }
        return plain.build();
    }

    private static <Q, A> ServerMethodDefinition<Q, A> plain(ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
        return ServerMethodDefinition.create(
                descriptor.toBuilder(
                                descriptor.getRequestMarshaller(),
                                new PlainMarshaller<>(descriptor.getResponseMarshaller()))
                        .build(),
                method.getServerCallHandler());
    }

    private record PlainMarshaller<A>(MethodDescriptor.Marshaller<A> inner)
            implements MethodDescriptor.Marshaller<A> {
        @Override
        public InputStream stream(A answer) {
            return new PlainStream(inner.stream(answer));
        }

        @Override
        public A parse(InputStream stream) {
            return inner.parse(stream);
        }
    }

    /// Hides that the library's stream would write itself; its length is known all the same.
    private static final class PlainStream extends FilterInputStream implements KnownLength {
        PlainStream(InputStream inner) {
            super(inner);
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }
    }

    public static void prepare() {
        System.setProperty(READ, "false");
        System.setProperty(WRITE, "false");
        STREAM_ERRORS.setLevel(Level.SEVERE);
    }
}
