package dev.sheaf.governance.grant;

import java.time.Instant;

/// What somebody decided on a grant. Never changed and never taken back, only outdone by another.
public sealed interface GrantDecision {
    /// The subject of the token with which it was decided.
    String by();

    Instant at();

    /// At most 1,000 characters; empty only for an approval without one.
    String reason();

    /// @param terms never more than was asked for
    record Approval(String by, Instant at, GrantTerms terms, String reason)
            implements GrantDecision {
        public Approval {
            Words.require("the name of who decides", by, Words.NAME_CHARACTERS_MAX);
            Words.requireIfSaid("the reason", reason, Words.REASON_CHARACTERS_MAX);
        }
    }

    /// The request is refused.
    record Denial(String by, Instant at, String reason) implements GrantDecision {
        public Denial {
            Words.require("the name of who decides", by, Words.NAME_CHARACTERS_MAX);
            Words.require("the reason", reason, Words.REASON_CHARACTERS_MAX);
        }
    }

    /// What was approved counts no more.
    record Revocation(String by, Instant at, String reason) implements GrantDecision {
        public Revocation {
            Words.require("the name of who decides", by, Words.NAME_CHARACTERS_MAX);
            Words.require("the reason", reason, Words.REASON_CHARACTERS_MAX);
        }
    }
}
