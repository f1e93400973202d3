package dev.sheaf.node.links;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// The gRPC service between nodes: `Exchange`, a stream of [Part] both ways, and `Pulse`.
final class LinkProtocol {
    static final String SERVICE = "sheaf.context.v1.Links";
    static final int FLOW_CONTROL_BYTES = 4 << 20;

    /// Given to the transport before it says that it has enough.
    static final int READY_BYTES = 256 << 10;

    static final int MESSAGE_BYTES_MAX = Part.BYTES_MAX + Part.HEADER_BYTES;

    /// The dialer's number of the link, which its pulses name.
    static final Metadata.Key<String> LINK =
            Metadata.Key.of("sheaf-link", Metadata.ASCII_STRING_MARSHALLER);

    /// Where the dialer listens, `host:port`, for whoever does not know yet that it has moved.
    static final Metadata.Key<String> ADDRESS =
            Metadata.Key.of("sheaf-address", Metadata.ASCII_STRING_MARSHALLER);

    static final MethodDescriptor<Part, Part> EXCHANGE =
            MethodDescriptor.newBuilder(Part.marshaller(), Part.marshaller())
                    .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Exchange"))
                    .build();

    static final MethodDescriptor<Pulse, Pulse> PULSE =
            MethodDescriptor.newBuilder(Pulse.marshaller(), Pulse.marshaller())
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Pulse"))
                    .build();

    private LinkProtocol() {}

    /// The certificates that the peer showed on the connection of a call, its own first.
    static X509Certificate[] certificates(Attributes call) throws CertificateException {
        try {
            return Arrays.stream(session(call).getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        } catch (SSLPeerUnverifiedException e) {
            throw new CertificateException("the peer showed no certificate", e);
        }
    }

    /// When the first of two certificates ends by which a call's connection was made.
    static Instant certifiedUntil(Attributes call) throws CertificateException {
        Instant peer = certificates(call)[0].getNotAfter().toInstant();
        Certificate[] own = session(call).getLocalCertificates();
        if (own == null || !(own[0] instanceof X509Certificate shown)) {
            return peer;
        }
        Instant end = shown.getNotAfter().toInstant();
        return end.isBefore(peer) ? end : peer;
    }

    private static SSLSession session(Attributes call) throws CertificateException {
        SSLSession session = call.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            throw new CertificateException("the connection is not encrypted");
        }
        return session;
    }
}
