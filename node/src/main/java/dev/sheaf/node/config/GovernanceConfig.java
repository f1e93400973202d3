package dev.sheaf.node.config;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What decides who may do what.
public record GovernanceConfig(
        @Setting(value = "Size of all policies of one apply, as sent.", fallback = "32MiB")
                ByteSize policiesMax,
        @Setting("An external Open Policy Agent that decides instead of the node's own policies.")
                Opa opa) {
    public GovernanceConfig {
        Checks.atMost("policiesMax", policiesMax, ByteSize.ofMebibytes(512));
    }

    /// An external OPA. Whatever it does not answer in time, or not properly, is denied.
    public record Opa(
            @Setting(
                            "Its base URL, as in https://opa.example.com:8181; https, unless it is"
                                    + " on this machine. The node's own policies decide when it is"
                                    + " not given.")
                    Optional<URI> url,
            @Setting("File with a bearer token for it; read with each question.")
                    Optional<Path> tokenFile,
            @Setting(value = "How long an answer may take.", fallback = "250ms") Duration timeout) {
        public Opa {
            Checks.positive("timeout", timeout);
            url.ifPresent(Opa::check);
        }

        private static void check(URI url) {
            boolean isHttp = "http".equals(url.getScheme());
            if (url.getHost() == null
                    || !isHttp && !"https".equals(url.getScheme())
                    || url.getQuery() != null
                    || url.getUserInfo() != null) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "governance.opa.url is '" + url + "'; write https://HOST:PORT");
            }
            if (isHttp && !isLoopback(url.getHost())) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "governance.opa.url is '"
                                + url
                                + "': questions name people and what they read, so it must be"
                                + " https unless it is on this machine");
            }
        }

        private static boolean isLoopback(String host) {
            return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        }
    }
}
