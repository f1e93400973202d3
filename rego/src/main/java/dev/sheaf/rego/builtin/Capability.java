package dev.sheaf.rego.builtin;

/// What a function needs of the world outside. Off unless granted; a policy that uses one that is
/// off does not compile.
public enum Capability {
    NONE,
    CLOCK,
    RANDOM,
    NETWORK,
    /// What the process says of itself (`opa.runtime`).
    RUNTIME
}
