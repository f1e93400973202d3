package dev.sheaf.node.links;

import org.jspecify.annotations.Nullable;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/// Shows peers the certificate that an identity has at the moment of the handshake. An entry is
/// looked up twice in a handshake (certificate, key); should the files change between the two, the
/// handshake fails and the dialer comes again.
final class OwnKey extends X509ExtendedKeyManager {
    private static final String ENTRY = "node";

    private final LinkIdentity identity;

    OwnKey(LinkIdentity identity) {
        this.identity = identity;
    }

    @Override
    public String chooseEngineClientAlias(
            String @Nullable [] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ENTRY;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            @Nullable String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return serves(type) ? ENTRY : null;
    }

    @Override
    public String chooseClientAlias(
            String @Nullable [] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ENTRY;
    }

    @Override
    public @Nullable String chooseServerAlias(
            @Nullable String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return serves(type) ? ENTRY : null;
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
        return new String[] {ENTRY};
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
        return new String[] {ENTRY};
    }

    @Override
    public X509Certificate[] getCertificateChain(@Nullable String alias) {
        return identity.current().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(@Nullable String alias) {
        return identity.current().key();
    }

    /// Providers ask once for each kind of key; a kind that the certificate lacks is answered no.
    private boolean serves(@Nullable String type) {
        String algorithm = identity.current().key().getAlgorithm();
        return type == null
                || type.contains(algorithm)
                || algorithm.startsWith("Ed") && type.startsWith("Ed");
    }
}
