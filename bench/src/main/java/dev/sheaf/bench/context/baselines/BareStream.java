package dev.sheaf.bench.context.baselines;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/// A bidirectional gRPC stream of bytes on loopback, in one process: direct executors, a
/// flow-control window of 4 MiB, 100 events to a message. The receiver only adds up what comes.
public final class BareStream {
    private static final int BATCH = 100;
    private static final int WINDOW_BYTES = 4 << 20;
    private static final MethodDescriptor<byte[], byte[]> EVENTS =
            MethodDescriptor.<byte[], byte[]>newBuilder()
                    .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                    .setFullMethodName("bench.Stream/Events")
                    .setRequestMarshaller(new Bytes())
                    .setResponseMarshaller(new Bytes())
                    .build();

    private BareStream() {}

    /// @param messages how many messages of 100 events; a tenth is sent before as a warm-up
    /// @param eventBytes how large an event is on the wire
    public static ObjectNode measure(int messages, int eventBytes)
            throws IOException, InterruptedException, ExecutionException {
        Server server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .directExecutor()
                        .flowControlWindow(WINDOW_BYTES)
                        .addService(
                                ServerServiceDefinition.builder("bench.Stream")
                                        .addMethod(
                                                EVENTS,
                                                ServerCalls.asyncBidiStreamingCall(Total::new))
                                        .build())
                        .build()
                        .start();
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(
                                new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(), server.getPort()))
                        .directExecutor()
                        .flowControlWindow(WINDOW_BYTES)
                        .usePlaintext()
                        .build();
        try {
            send(channel, messages / 10, eventBytes);
            long begin = System.nanoTime();
            long received = send(channel, messages, eventBytes);
            long nanos = System.nanoTime() - begin;
            if (received != (long) messages * BATCH * eventBytes) {
                throw new IllegalStateException(
                        received + " bytes came of " + messages + " messages");
            }
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("baseline", "bare-stream")
                    .put("events", (long) messages * BATCH)
                    .put("batch", BATCH)
                    .put("eventBytes", eventBytes)
                    .put("eventsPerSecond", Math.round(messages * BATCH / (nanos / 1e9)));
        } finally {
            channel.shutdownNow();
            server.shutdownNow().awaitTermination();
        }
    }

    /// @return how many bytes the receiver says it got
    private static long send(ManagedChannel channel, int messages, int eventBytes)
            throws InterruptedException, ExecutionException {
        Flow flow = new Flow();
        StreamObserver<byte[]> requests =
                ClientCalls.asyncBidiStreamingCall(
                        channel.newCall(EVENTS, CallOptions.DEFAULT), flow);
        byte[] batch = new byte[BATCH * eventBytes];
        for (int i = 0; i < messages; i++) {
            flow.awaitReady();
            requests.onNext(batch);
        }
        requests.onCompleted();
        return flow.total.get();
    }

    /// The sender's view: when it may send, and the answer.
    private static final class Flow implements ClientResponseObserver<byte[], byte[]> {
        private final Semaphore ready = new Semaphore(0);
        private final CompletableFuture<Long> total = new CompletableFuture<>();
        private final CompletableFuture<ClientCallStreamObserver<byte[]>> call =
                new CompletableFuture<>();

        void awaitReady() throws InterruptedException, ExecutionException {
            while (!call.get().isReady()) {
                ready.acquire();
            }
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<byte[]> requests) {
            requests.setOnReadyHandler(ready::release);
            call.complete(requests);
        }

        @Override
        public void onNext(byte[] answer) {
            total.complete(ByteBuffer.wrap(answer).getLong());
        }

        @Override
        public void onError(Throwable failure) {
            total.completeExceptionally(failure);
            ready.release();
        }

        @Override
        public void onCompleted() {
            total.completeExceptionally(new IllegalStateException("there was no answer"));
        }
    }

    /// The receiver: adds up bytes and answers with their number.
    private static final class Total implements StreamObserver<byte[]> {
        private final StreamObserver<byte[]> answers;
        private long bytes;

        Total(StreamObserver<byte[]> answers) {
            this.answers = answers;
        }

        @Override
        public void onNext(byte[] batch) {
            bytes += batch.length;
        }

        @Override
        public void onError(Throwable failure) {
            answers.onError(failure);
        }

        @Override
        public void onCompleted() {
            answers.onNext(ByteBuffer.allocate(Long.BYTES).putLong(bytes).array());
            answers.onCompleted();
        }
    }

    /// Bytes as they are.
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
