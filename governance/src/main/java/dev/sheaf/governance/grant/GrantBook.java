package dev.sheaf.governance.grant;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The grants that there are. For any thread; reading answers from memory.
public interface GrantBook {
    Optional<Grant> find(String id);

    /// In no order.
    List<Grant> all();

    /// Adds a grant on which nobody has decided. It counts as known when this returns.
    ///
    /// @throws dev.sheaf.kernel.Problem what storage throws; nothing is added then
    void add(Grant grant);

    /// Adds a decision, which counts when this returns.
    ///
    /// @param id of a grant that [#find] has found
    /// @param key of the decision, used for no other
    /// @param decision asked with the grant as it is, and asked again when the grant has changed
    ///   meanwhile; what it throws is thrown here
    /// @return the grant with it
    /// @throws dev.sheaf.kernel.Problem NOT_FOUND when the grant is gone, CONFLICT when it changes
    ///   too fast, and what storage throws; nothing is decided then
    Grant decide(String id, String key, Function<Grant, GrantDecision> decision);
}
