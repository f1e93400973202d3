package dev.sheaf.node.audit;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;

import java.util.Map;

/// Who may read what of the audit log: all of it only those who audit all domains.
final class AuditSight {
    private static final String AUDITOR = "auditor";

    private final Audit audit;

    AuditSight(Audit audit) {
        this.audit = audit;
    }

    static boolean isAuditor(Principal caller) {
        return caller.roles().contains(AUDITOR) || caller.domains().contains(Principal.ALL_DOMAINS);
    }

    /// Lets auditors pass, and puts it on record: one line for each request, before it is answered.
    ///
    /// @throws Problem FORBIDDEN
    void require(Request request, String action, String resource, Map<String, ?> facts) {
        boolean isAuditor = isAuditor(request.caller());
        audit.record(
                request.id(),
                request.caller(),
                action,
                resource,
                isAuditor ? Audit.Outcome.ALLOWED : Audit.Outcome.DENIED,
                facts);
        if (!isAuditor) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "the audit log tells about all domains: it needs the role auditor, or a token"
                            + " for all domains. What was done with one person's data in your"
                            + " domains, 'sheaf audit history' shows");
        }
    }
}
