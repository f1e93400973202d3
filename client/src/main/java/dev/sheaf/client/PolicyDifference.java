package dev.sheaf.client;

import java.util.List;

/// A question whose answer changes.
///
/// @param origin where the question is from
/// @param grants of the subject for the resource
public record PolicyDifference(
        Origin origin,
        String subject,
        String action,
        String resource,
        String purpose,
        List<String> grants,
        PolicyAnswer before,
        PolicyAnswer after) {
    public PolicyDifference {
        grants = List.copyOf(grants);
    }

    /// Where a question is from.
    public enum Origin {
        /// It was asked lately.
        RECENT,
        /// A product that there is, and a subject that was seen lately or holds a grant.
        PRODUCT
    }
}
