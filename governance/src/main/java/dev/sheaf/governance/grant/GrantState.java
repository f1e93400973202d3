package dev.sheaf.governance.grant;

import java.util.Locale;

/// How a grant stands at a moment.
public enum GrantState {
    /// Nobody has decided yet.
    REQUESTED,
    /// It counts, or will from its beginning on.
    APPROVED,
    DENIED,
    REVOKED,
    /// Its end has come: of what was approved, or of what was asked for and never decided.
    EXPIRED;

    /// In lower case, as in the API.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
