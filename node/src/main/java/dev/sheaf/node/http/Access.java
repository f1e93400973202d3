package dev.sheaf.node.http;

import dev.sheaf.node.identity.Scope;

/// Who may use a route.
public sealed interface Access {
    /// Anybody, without a token.
    record Open() implements Access {}

    /// Whoever's token has the scope.
    ///
    /// @param loopbackOpen whether callers on the same machine need no token
    record Needs(Scope scope, boolean loopbackOpen) implements Access {}

    static Access open() {
        return new Open();
    }

    static Access needs(Scope scope) {
        return new Needs(scope, false);
    }
}
