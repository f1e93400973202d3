package dev.sheaf.governance.grant;

import dev.sheaf.governance.decision.Subject;
import dev.sheaf.kernel.DomainName;

/// Somebody who looks at grants, or decides on them, by what their token says.
public record GrantActor(Subject subject) {
    private static final String ALL_DOMAINS = "*";
    private static final String AUDITOR = "auditor";

    public String name() {
        return subject.id();
    }

    /// Whether they are of the domain that owns the product.
    boolean owns(Grant grant) {
        return owns(grant.request().product().domain());
    }

    private boolean owns(DomainName domain) {
        return subject.domains().contains(ALL_DOMAINS)
                || subject.domains().contains(domain.value());
    }

    /// Whether they would approve a request of their own: one that they made, or that is for them.
    boolean isParty(Grant grant) {
        return grant.request().askedBy().equals(subject.id())
                || (grant.request().subject() instanceof GrantSubject.User(String id)
                        && id.equals(subject.id()));
    }

    /// Whether they may know of the grant: who asked, who would hold it, the product's owners, and
    /// auditors.
    public boolean sees(Grant grant) {
        return owns(grant)
                || subject.roles().contains(AUDITOR)
                || grant.request().askedBy().equals(subject.id())
                || GrantSubject.of(subject).contains(grant.request().subject());
    }
}
