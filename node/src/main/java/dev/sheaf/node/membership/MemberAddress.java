package dev.sheaf.node.membership;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

/// Where a member is found.
///
/// @param host for links; empty when it is not said
/// @param port for links; 0 when it is not said
/// @param url where it answers callers; empty when it is not said
public record MemberAddress(String host, int port, String url) {
    static final MemberAddress UNSAID = new MemberAddress("", 0, "");
    private static final int PORT_MAX = 65_535;
    private static final int CHARACTERS_MAX = 500;

    /// @throws Problem INVALID_VALUE for what cannot be an address
    public MemberAddress {
        if (port < 0
                || port > PORT_MAX
                || host.length() > CHARACTERS_MAX
                || url.length() > CHARACTERS_MAX
                || host.chars().anyMatch(c -> c <= ' ' || c == '/')
                || url.chars().anyMatch(c -> c <= ' ')
                || (!url.isEmpty() && !url.startsWith("http://") && !url.startsWith("https://"))) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a member is found at a host's name or address, a port from 1 to "
                            + PORT_MAX
                            + " and an http or https URL, not at '"
                            + host
                            + "', "
                            + port
                            + ", '"
                            + url
                            + "'");
        }
    }

    boolean isDialable() {
        return !host.isEmpty() && port > 0;
    }
}
