package dev.sheaf.governance.grant;

import dev.sheaf.kernel.ProductName;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which grants.
///
/// @param subject who holds it
public record GrantQuery(
        Optional<ProductName> product, Optional<GrantSubject> subject, Optional<GrantState> state) {

    /// Those that the actor may know of, newest first.
    ///
    /// @param now for the state
    public List<Grant> of(Collection<Grant> grants, GrantActor actor, Instant now) {
        return grants.stream()
                .filter(grant -> matches(grant, now))
                .filter(actor::sees)
                .sorted(
                        Comparator.comparing((Grant grant) -> grant.request().askedAt())
                                .reversed()
                                .thenComparing(Grant::id))
                .toList();
    }

    private boolean matches(Grant grant, Instant now) {
        return product.map(grant.request().product()::equals).orElse(true)
                && subject.map(grant.request().subject()::equals).orElse(true)
                && state.map(grant.state(now)::equals).orElse(true);
    }
}
