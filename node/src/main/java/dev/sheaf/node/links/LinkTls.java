package dev.sheaf.node.links;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;

import javax.net.ssl.SSLException;

/// TLS 1.3 with certificates on both sides. The bundled BoringSSL does it where there is a build of
/// it for the machine, the JDK elsewhere.
final class LinkTls {
    private static final String PROTOCOL = "TLSv1.3";

    private LinkTls() {}

    static SslContext server(LinkIdentity identity, PeerCheck check) {
        return build(
                SslContextBuilder.forServer(new OwnKey(identity))
                        .clientAuth(ClientAuth.REQUIRE)
                        .trustManager(check));
    }

    static SslContext client(LinkIdentity identity, PeerCheck check) {
        return build(
                SslContextBuilder.forClient().keyManager(new OwnKey(identity)).trustManager(check));
    }

    private static SslContext build(SslContextBuilder builder) {
        try {
            return GrpcSslContexts.configure(builder).protocols(PROTOCOL).build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS 1.3 is there in every build", e);
        }
    }
}
