package dev.sheaf.product.apply;

import java.util.Optional;

/// One field that differs between two documents.
///
/// @param path where it stands, list entries by their name: `schema.orders.properties.id.required`
/// @param before empty when it is new
/// @param after empty when it is gone
public record FieldChange(String path, Optional<String> before, Optional<String> after) {

    /// `+`, `-` or `~`.
    public char sign() {
        return before.isEmpty() ? '+' : after.isEmpty() ? '-' : '~';
    }
}
