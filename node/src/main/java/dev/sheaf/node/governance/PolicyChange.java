package dev.sheaf.node.governance;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Instant;

/// One line of the history of policies.
///
/// @param revision that is in force from then on
/// @param digest of the set, as decisions name it
/// @param by who asked for it; empty when it was the node itself
/// @param reason as they said
public record PolicyChange(
        @JsonProperty(required = true) Kind kind,
        @JsonProperty(required = true) long revision,
        @JsonProperty(required = true) String digest,
        String by,
        @JsonProperty(required = true) Instant at,
        String reason) {

    /// How a revision came into force.
    public enum Kind {
        /// The standard pack, at the first start.
        BEGAN,
        APPLIED,
        ROLLED_BACK,
        /// The change before was cut off by a crash; this revision stayed in force.
        KEPT
    }
}
