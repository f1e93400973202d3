package dev.sheaf.node.api;

import dev.sheaf.client.PolicyApply;
import dev.sheaf.client.PolicyChangeInfo;
import dev.sheaf.client.PolicyFileText;
import dev.sheaf.client.PolicyHistory;
import dev.sheaf.client.PolicyInForce;
import dev.sheaf.client.PolicyLabRequest;
import dev.sheaf.client.PolicyRevision;
import dev.sheaf.client.PolicyRollback;
import dev.sheaf.governance.source.PolicySource;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.node.governance.DryRun;
import dev.sheaf.node.governance.PolicyChange;
import dev.sheaf.node.governance.PolicyLab;
import dev.sheaf.node.governance.PolicyStore;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.rego.syntax.RegoVersion;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The policies in force: seen, applied, tried, rolled back. A token's scope alone decides who may,
/// not the policies: they are what somebody has to be able to repair.
public final class PolicyRoutes {
    private static final int FILES_MAX = 5_000;
    private static final int REASON_CHARACTERS_MAX = 1_000;
    private static final String RESOURCE = "policies";

    private final PolicyStore store;
    private final DryRun dryRun;
    private final PolicyLab lab;
    private final Audit audit;
    private final ByteSize policiesMax;

    public PolicyRoutes(
            PolicyStore store, DryRun dryRun, PolicyLab lab, Audit audit, ByteSize policiesMax) {
        this.store = store;
        this.dryRun = dryRun;
        this.lab = lab;
        this.audit = audit;
        this.policiesMax = policiesMax;
    }

    public List<Route> routes() {
        Access read = Access.needs(Scope.POLICY_READ);
        Access admin = Access.needs(Scope.POLICY_ADMIN);
        return List.of(
                Route.of("GET", "/api/v1/policies", read, this::inForce),
                Route.of("POST", "/api/v1/policies", admin, this::apply),
                Route.of("POST", "/api/v1/policies/dry-run", admin, this::compare),
                Route.of("POST", "/api/v1/policies/lab", admin, this::lab),
                Route.of("POST", "/api/v1/policies/rollback", admin, this::rollback),
                Route.of("GET", "/api/v1/policies/revisions", read, this::revisions),
                Route.of("GET", "/api/v1/policies/revisions/{revision}", read, this::revision));
    }

    private Reply inForce(Request request) {
        return audited(
                request,
                "policy.read",
                Map.of(),
                () -> {
                    store.requireSound();
                    return Reply.json(
                            shown(
                                    store.current()
                                            .orElseThrow(() ->
                                                    new Problem(
                                                            ProblemCode.CONFLICT,
                                                            "the policies changed; look again"))));
                });
    }

    private Reply revision(Request request) {
        long number = number(request.path("revision"));
        return audited(
                request,
                "policy.read",
                Map.of("revision", number),
                () -> Reply.json(shown(store.revision(number))));
    }

    private Reply revisions(Request request) {
        return audited(
                request,
                "policy.read",
                Map.of(),
                () ->
                        Reply.json(
                                new PolicyHistory(
                                        store.current()
                                                .map(now -> OptionalLong.of(now.number()))
                                                .orElse(OptionalLong.empty()),
                                        store.fault(),
                                        store.changes().stream()
                                                .map(PolicyRoutes::shown)
                                                .toList())));
    }

    private Reply apply(Request request) {
        PolicyApply wanted = request.json(PolicyApply.class, policiesMax);
        String reason = reason(wanted.reason());
        return audited(
                request,
                "policy.apply",
                Map.of("reason", reason, "files", wanted.files().size()),
                () ->
                        Reply.json(
                                inForce(
                                        store.apply(
                                                source(wanted),
                                                request.caller().subject(),
                                                reason,
                                                wanted.expectedRevision()))));
    }

    private Reply compare(Request request) {
        PolicyApply wanted = request.json(PolicyApply.class, policiesMax);
        return audited(
                request,
                "policy.dry-run",
                Map.of("files", wanted.files().size()),
                () -> Reply.json(dryRun.compare(store.tried(source(wanted)))));
    }

    private Reply lab(Request request) {
        PolicyLabRequest wanted = request.json(PolicyLabRequest.class);
        Map<String, Object> facts = new TreeMap<>();
        wanted.user().ifPresent(user -> facts.put("as", user.subject()));
        wanted.sql()
                .ifPresent(sql ->
                        facts.put("sql", Sha256.of(sql.getBytes(StandardCharsets.UTF_8)).hex()));
        return audited(request, "policy.lab", facts, () -> Reply.json(lab.look(wanted)));
    }

    private Reply rollback(Request request) {
        PolicyRollback wanted = request.json(PolicyRollback.class);
        String reason = reason(wanted.reason());
        return audited(
                request,
                "policy.rollback",
                Map.of("reason", reason, "revision", wanted.revision()),
                () ->
                        Reply.json(
                                inForce(
                                        store.rollback(
                                                wanted.revision(),
                                                request.caller().subject(),
                                                reason,
                                                wanted.expectedRevision()))));
    }

    private Reply audited(
            Request request, String action, Map<String, ?> facts, Supplier<Reply> work) {
        Audit.Outcome outcome = Audit.Outcome.FAILED;
        try {
            Reply reply = work.get();
            outcome = Audit.Outcome.DONE;
            return reply;
        } finally {
            Map<String, Object> all = new TreeMap<>(facts);
            store.current().ifPresent(now -> all.put("inForce", now.number()));
            store.current().ifPresent(now -> all.put("policy", now.digest()));
            audit.record(request.id(), request.caller(), action, RESOURCE, outcome, all);
        }
    }

    private PolicySource source(PolicyApply wanted) {
        if (wanted.files().isEmpty() && !wanted.standardPack().orElse(false)) {
            throw new Problem(ProblemCode.BAD_REQUEST, "there are no files to apply");
        }
        if (wanted.files().size() > FILES_MAX) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    "there are "
                            + wanted.files().size()
                            + " files; a set of policies has at most "
                            + FILES_MAX);
        }
        PolicySource source =
                PolicySource.of(wanted.files(), version(wanted.regoVersion().orElse(1)));
        return wanted.standardPack().orElse(false) ? store.withStandardPack(source) : source;
    }

    private static RegoVersion version(int number) {
        return switch (number) {
            case 0 -> RegoVersion.V0;
            case 1 -> RegoVersion.V1;
            default ->
                    throw new Problem(
                            ProblemCode.BAD_REQUEST, "regoVersion is " + number + "; 0 or 1");
        };
    }

    private static String reason(String reason) {
        if (reason.length() > REASON_CHARACTERS_MAX) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the reason has more than " + REASON_CHARACTERS_MAX + " characters");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(reason)) {
            throw new Problem(ProblemCode.BAD_REQUEST, "the reason holds half characters");
        }
        return reason;
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "'" + text + "' is no revision: they are numbers, from 0");
        }
        return Long.parseLong(text);
    }

    private static PolicyInForce inForce(PolicyStore.Revision revision) {
        return new PolicyInForce(revision.number(), revision.digest());
    }

    private PolicyRevision shown(PolicyStore.Revision revision) {
        return new PolicyRevision(
                revision.number(),
                revision.digest(),
                Optional.of(revision.number())
                        .equals(store.current().map(PolicyStore.Revision::number)),
                revision.source().files().stream()
                        .map(file ->
                                new PolicyFileText(
                                        file.path(), file.version().ordinal(), file.text()))
                        .toList());
    }

    private static PolicyChangeInfo shown(PolicyChange change) {
        PolicyChangeInfo.Kind kind =
                switch (change.kind()) {
                    case BEGAN -> PolicyChangeInfo.Kind.BEGAN;
                    case APPLIED -> PolicyChangeInfo.Kind.APPLIED;
                    case ROLLED_BACK -> PolicyChangeInfo.Kind.ROLLED_BACK;
                    case KEPT -> PolicyChangeInfo.Kind.KEPT;
                };
        return new PolicyChangeInfo(
                kind,
                change.revision(),
                change.digest(),
                change.by(),
                change.at(),
                change.reason());
    }
}
