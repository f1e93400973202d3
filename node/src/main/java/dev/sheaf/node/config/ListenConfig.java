package dev.sheaf.node.config;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where and how the node listens.
public record ListenConfig(
        @Setting(
                        value =
                                "Name or address of this machine to listen on. Anything but the"
                                        + " loopback interface needs `tls`.",
                        fallback = "127.0.0.1")
                String address,
        @Setting(value = "Port; 0 takes any free one.", fallback = "7350") int port,
        @Setting("Certificate and key; without them the node speaks plain HTTP.") Optional<Tls> tls,
        @Setting(
                        value =
                                "Speak plain HTTP on an address that others can reach, because"
                                        + " something in front of the node does TLS.",
                        fallback = "false")
                boolean plainBehindProxy,
        @Setting(
                        "Host names by which callers may address the node, besides localhost; on"
                                + " other addresses any name will do when none is given.")
                List<String> allowedHosts,
        @Setting(
                        "Origins whose web pages may call the node, for example"
                                + " https://console.example.com.")
                List<String> allowedOrigins) {
    public ListenConfig {
        allowedHosts = List.copyOf(allowedHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
        if (port < 0 || port > 65_535) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, "port " + port + " is not between 0 and 65535");
        }
        if (!loopback(address) && tls.isEmpty() && !plainBehindProxy) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "address "
                            + address
                            + " can be reached from other machines, where tokens must not travel in"
                            + " plain text: give tls.certificates and tls.key, or say"
                            + " plainBehindProxy: true");
        }
    }

    ListenConfig withPort(int other) {
        return new ListenConfig(
                address, other, tls, plainBehindProxy, allowedHosts, allowedOrigins);
    }

    public boolean loopback() {
        return loopback(address);
    }

    private static boolean loopback(String address) {
        return address.equals("localhost") || address.startsWith("127.") || address.equals("::1");
    }

    /// A certificate and its key.
    public record Tls(
            @Setting("PEM file with the node's certificate and those above it.") Path certificates,
            @Setting(
                            "PEM file with its key (PKCS#8, not encrypted). Renewed files are taken"
                                    + " up within a minute.")
                    Path key) {}
}
