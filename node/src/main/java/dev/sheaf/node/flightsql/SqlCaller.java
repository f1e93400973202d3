package dev.sheaf.node.flightsql;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;

import io.grpc.Context;

import java.util.Optional;

/// Who makes a call, and on what terms.
///
/// @param token that the caller has shown, for other regions to verify; never to be logged
/// @param requestId of this call, for the audit log
/// @param trace the `traceparent` that came with the call
record SqlCaller(
        Principal principal,
        String token,
        String requestId,
        StatementTerms terms,
        Optional<String> trace) {
    /// Of the call that a thread works on; set by [CallerGate] before anything else happens.
    static final Context.Key<SqlCaller> CURRENT = Context.key("sheaf-sql-caller");

    static SqlCaller current() {
        SqlCaller caller = CURRENT.get();
        if (caller == null) {
            throw new IllegalStateException("a call without a caller");
        }
        return caller;
    }

    /// @throws Problem FORBIDDEN when the token does not allow that
    SqlCaller require(Scope scope) {
        if (!principal.may(scope)) {
            throw new Problem(ProblemCode.FORBIDDEN, "this needs a token with the scope " + scope);
        }
        return this;
    }

    /// Who it is, whatever token shows it.
    String identity() {
        return principal.issuer() + "\n" + principal.subject();
    }

    /// Without the token.
    @Override
    public String toString() {
        return "SqlCaller[" + principal.subject() + ", " + requestId + "]";
    }
}
