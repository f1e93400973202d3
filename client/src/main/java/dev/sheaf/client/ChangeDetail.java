package dev.sheaf.client;

import java.util.Optional;

/// What changes inside a contract or descriptor, and what that means for others.
///
/// @param path where, for example `columns.quantity.type`
public record ChangeDetail(
        String path,
        Compatibility compatibility,
        Optional<String> before,
        Optional<String> after,
        String reason) {
    /// Who can go on without noticing.
    public enum Compatibility {
        /// Consumers have to change.
        BREAKING,
        /// Old consumers understand new data.
        FORWARD,
        /// New consumers understand old data.
        BACKWARD,
        /// Nobody notices.
        COSMETIC
    }
}
