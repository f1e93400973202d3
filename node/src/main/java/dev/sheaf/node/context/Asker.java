package dev.sheaf.node.context;

import dev.sheaf.node.http.Request;
import dev.sheaf.node.identity.Principal;

/// Who asks, and for what.
///
/// @param purpose as the caller says; empty when they do not
record Asker(Principal caller, String purpose) {
    static Asker of(Request request) {
        return new Asker(request.caller(), request.query("purpose").orElse(""));
    }
}
