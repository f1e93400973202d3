package dev.sheaf.node.federation;

import dev.sheaf.node.links.PeerPair;

/// For fields that are set before each test.
final class RunningPair {
    private RunningPair() {}

    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    static PeerPair none() {
        return null;
    }
}
