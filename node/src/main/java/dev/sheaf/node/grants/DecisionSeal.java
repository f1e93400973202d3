package dev.sheaf.node.grants;

import dev.sheaf.kernel.ProductName;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// Whose decisions on grants count: those of the region that a product is at home in, which signs
/// them. For any thread.
public interface DecisionSeal {
    /// This region's signature under a decision.
    ///
    /// @param grant its id
    /// @param key of the decision among the grant's
    /// @param decision without a signature
    String sign(String grant, String key, ObjectNode decision);

    /// Why a decision does not count; empty when it does.
    ///
    /// @param signature that stands with it, if one does
    Optional<String> fault(
            ProductName product,
            String grant,
            String key,
            ObjectNode decision,
            Optional<String> signature);
}
