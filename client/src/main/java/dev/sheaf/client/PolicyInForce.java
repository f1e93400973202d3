package dev.sheaf.client;

/// Which policies are in force.
///
/// @param revision 0 is the standard pack
/// @param digest as decisions name the set
public record PolicyInForce(long revision, String digest) {}
