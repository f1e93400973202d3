package dev.sheaf.node.http;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Keeps web pages from reaching a node through its user's browser: by a name that was made to
/// point at this machine (DNS rebinding), or from a page of another origin.
///
/// @param names host names by which the node may be addressed, lower case; any when empty
/// @param origins origins from which a page may call, as in the header `Origin`
public record HostCheck(Set<String> names, Set<String> origins) {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    public HostCheck {
        names = Set.copyOf(names);
        origins = Set.copyOf(origins);
    }

    /// A node that listens on the loopback interface only is addressed by the names of that
    /// interface and those configured; any other only by those configured, if there are any.
    public static HostCheck of(boolean loopback, List<String> allowed, List<String> origins) {
        java.util.HashSet<String> names = new java.util.HashSet<>();
        allowed.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        if (loopback) {
            names.addAll(LOOPBACK_NAMES);
        }
        return new HostCheck(names, Set.copyOf(origins));
    }

    /// @throws Problem FORBIDDEN
    void require(Optional<String> host, Optional<String> origin) {
        String name = host.map(HostCheck::withoutPort).orElse("");
        if (!names.isEmpty() && !names.contains(name)) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "this node does not answer to the host name '"
                            + name
                            + "': use localhost, or add the name to listen.allowedHosts");
        }
        if (origin.isPresent() && !origins.contains(origin.get())) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "pages of this origin may not call the node: add it to listen.allowedOrigins if"
                            + " they should");
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']');
        return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }
}
