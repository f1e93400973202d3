package dev.sheaf.node.identity;

/// Turns a token into the caller it speaks for.
@FunctionalInterface
public interface TokenVerifier {
    /// @throws dev.sheaf.kernel.Problem UNAUTHENTICATED, with a reason that helps an honest caller
    Principal verify(String token);
}
