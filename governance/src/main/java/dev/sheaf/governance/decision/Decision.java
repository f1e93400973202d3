package dev.sheaf.governance.decision;

import dev.sheaf.kernel.Money;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The answer. Everything that is not allowed is denied.
///
/// @see Decider
public sealed interface Decision {
    /// Names of rules with what they say, in order.
    List<String> reasons();

    /// The revision of the policies that decided.
    String revision();

    /// @param masks by column name
    /// @param filters SQL conditions over the table's columns; rows must meet all of them
    /// @param maxCost what moving the answer to another region may cost at most; empty for any
    record Allow(
            List<String> reasons,
            Map<String, Mask> masks,
            List<String> filters,
            Optional<Money> maxCost,
            String revision)
            implements Decision {
        public Allow(
                List<String> reasons,
                Map<String, Mask> masks,
                List<String> filters,
                String revision) {
            this(reasons, masks, filters, Optional.empty(), revision);
        }

        public Allow {
            reasons = List.copyOf(reasons);
            masks = Map.copyOf(masks);
            filters = List.copyOf(filters);
        }
    }

    record Deny(List<String> reasons, String revision) implements Decision {
        public Deny {
            reasons = List.copyOf(reasons);
        }
    }
}
