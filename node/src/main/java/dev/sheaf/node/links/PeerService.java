package dev.sheaf.node.links;

import io.grpc.ServerServiceDefinition;

/// A service for the nodes of other regions beside the links, on their port. Its methods see the
/// calling region as [PeerGate#PEER]. They are called by the threads that move the links' bytes, so
/// they return at once and do what takes time elsewhere.
@FunctionalInterface
public interface PeerService {
    /// @param faults to obey, as links do
    ServerServiceDefinition definition(LinkFaults faults);
}
