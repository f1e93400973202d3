package dev.sheaf.node.erasure;

import dev.sheaf.client.ErasureInfo;
import dev.sheaf.client.ErasureList;
import dev.sheaf.client.ErasureOrder;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;

import java.util.List;
import java.util.Map;

/// Erasures of persons' data: ordered, looked at, listed.
public final class ErasureRoutes {
    private static final String ERASURES = "/api/v1/erasures";
    private static final int SUBJECT_CHARACTERS_MAX = 1000;
    private static final int REASON_CHARACTERS_MAX = 1000;

    private final Erasures erasures;
    private final Audit audit;

    public ErasureRoutes(Erasures erasures, Audit audit) {
        this.erasures = erasures;
        this.audit = audit;
    }

    public List<Route> routes() {
        Access erase = Access.needs(Scope.DATA_ERASE);
        return List.of(
                Route.of("POST", ERASURES, erase, this::order),
                Route.of("GET", ERASURES, erase, this::list),
                Route.of("GET", ERASURES + "/{erasure}", erase, this::one));
    }

    private Reply order(Request request) {
        ErasureOrder order = request.json(ErasureOrder.class);
        boolean isDryRun = order.dryRun().orElse(false);
        requireSound(order, isDryRun);
        if (isDryRun) {
            return Reply.json(erasures.look(request.id(), request.caller(), order));
        }
        ErasureInfo info = erasures.begin(request.id(), request.caller(), order);
        return new Reply.Json(202, info, Map.of("Location", ERASURES + "/" + info.id()));
    }

    private static void requireSound(ErasureOrder order, boolean isDryRun) {
        String subject = order.subject();
        if (subject.isBlank()
                || subject.length() > SUBJECT_CHARACTERS_MAX
                || subject.indexOf('\0') >= 0) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the subject is a text of 1 to "
                            + SUBJECT_CHARACTERS_MAX
                            + " characters, not only blanks");
        }
        if (!isDryRun && !order.confirm().filter(subject::equals).isPresent()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the subject is not confirmed: 'confirm' must say it once more; nothing was"
                            + " erased");
        }
        String reason = order.reason().orElse("");
        if (reason.contains(subject) || reason.length() > REASON_CHARACTERS_MAX) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the reason stays in the log for ever: it may not name the subject, nor be"
                            + " longer than "
                            + REASON_CHARACTERS_MAX
                            + " characters");
        }
    }

    private Reply list(Request request) {
        seen(request, "*");
        return Reply.json(new ErasureList(erasures.list()));
    }

    private Reply one(Request request) {
        String id = request.path("erasure");
        ErasureInfo info =
                erasures.find(id)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.NOT_FOUND, "there is no erasure '" + id + "'"));
        seen(request, id);
        return Reply.json(info);
    }

    private void seen(Request request, String what) {
        audit.record(
                request.id(),
                request.caller(),
                "subject.erase.read",
                what,
                Audit.Outcome.ALLOWED,
                Map.of());
    }
}
