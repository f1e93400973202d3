package dev.sheaf.node.api;

import dev.sheaf.client.GrantDecisionInfo;
import dev.sheaf.client.GrantInfo;
import dev.sheaf.client.GrantTermsInfo;
import dev.sheaf.governance.grant.Grant;
import dev.sheaf.governance.grant.GrantDecision;
import dev.sheaf.governance.grant.GrantRequest;
import dev.sheaf.governance.grant.GrantTerms;

import java.time.Instant;
import java.util.Optional;

/// Grants in the API's form.
final class GrantAnswers {
    private GrantAnswers() {}

    static GrantInfo grant(Grant grant, Instant now) {
        GrantRequest request = grant.request();
        return new GrantInfo(
                grant.id(),
                request.product().toString(),
                request.subject().text(),
                request.purpose(),
                grant.state(now).text(),
                request.askedBy(),
                request.askedAt(),
                request.reason(),
                terms(request.wanted()),
                grant.terms().map(GrantAnswers::terms),
                grant.history().stream().map(GrantAnswers::decision).toList());
    }

    private static GrantTermsInfo terms(GrantTerms terms) {
        return new GrantTermsInfo(terms.from(), terms.until(), terms.isClear());
    }

    private static GrantDecisionInfo decision(GrantDecision decision) {
        return switch (decision) {
            case GrantDecision.Approval approval ->
                    of("approval", approval, Optional.of(terms(approval.terms())));
            case GrantDecision.Denial denial -> of("denial", denial, Optional.empty());
            case GrantDecision.Revocation revocation ->
                    of("revocation", revocation, Optional.empty());
        };
    }

    private static GrantDecisionInfo of(
            String kind, GrantDecision decision, Optional<GrantTermsInfo> terms) {
        return new GrantDecisionInfo(kind, decision.by(), decision.at(), decision.reason(), terms);
    }
}
