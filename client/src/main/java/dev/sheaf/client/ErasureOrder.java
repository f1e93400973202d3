package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// Asks for a person's data to be erased.
///
/// @param subject whose data, as products and context types know the person
/// @param confirm the same once more; not needed for a dry run
/// @param products domain.name; with `types` empty too: all that say whose data their rows are
/// @param types context types
/// @param reason for the record; must not hold the subject
/// @param dryRun only looks
public record ErasureOrder(
        String subject,
        Optional<String> confirm,
        List<String> products,
        List<String> types,
        Optional<String> reason,
        Optional<Boolean> dryRun) {
    public ErasureOrder {
        products = List.copyOf(products);
        types = List.copyOf(types);
    }
}
