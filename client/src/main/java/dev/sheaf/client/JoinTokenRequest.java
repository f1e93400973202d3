package dev.sheaf.client;

import java.util.OptionalLong;

/// Asks for a token by which a region can join the mesh.
///
/// @param url where the joining node will find the node that is asked
/// @param lifetimeSeconds one hour when empty
public record JoinTokenRequest(String region, String url, OptionalLong lifetimeSeconds) {}
