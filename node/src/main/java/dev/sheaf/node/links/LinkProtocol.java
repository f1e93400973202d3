package dev.sheaf.node.links;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

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

    /// The certificate that the peer showed on the connection of a call.
    static X509Certificate certificate(Attributes call) throws CertificateException {
        SSLSession session = call.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            throw new CertificateException("the connection is not encrypted");
        }
        try {
            return (X509Certificate) session.getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new CertificateException("the peer showed no certificate", e);
        }
    }
}
