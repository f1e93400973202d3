package dev.sheaf.node.http;

import dev.sheaf.kernel.ByteSize;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How the node listens.
///
/// @param address a name or address of this machine
/// @param port 0 for any free one
/// @param headersMax the size of a request's line and headers
/// @param jsonBodyMax the size of a body that is held in memory
/// @param idleMax how long a connection may be silent in the middle of something
public record HttpSettings(
        String address,
        int port,
        Optional<Tls> tls,
        HostCheck hosts,
        ByteSize headersMax,
        ByteSize jsonBodyMax,
        int requestsMax,
        int connectionsMax,
        Duration idleMax) {
    /// @param certificates PEM, the node's own first
    /// @param key PEM, PKCS#8, not encrypted
    public record Tls(Path certificates, Path key) {}
}
