package dev.sheaf.node.context;

import dev.sheaf.client.ContextHistory;
import dev.sheaf.client.ContextIdList;
import dev.sheaf.context.codec.EventJsonReader;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.context.patch.PatchReader;
import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.WriteReceipt;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Documents: written, read, removed, erased, listed. Under `/api/v1/contexts` and, for those who
/// like it short, under `/contexts`.
final class DocumentRoutes {
    private static final String READ = "context.read";
    private static final String WRITE = "context.write";
    private static final String ERASE = "context.erase";
    private static final List<String> STATES = List.of(MediaTypes.JSON);
    private static final List<String> PATCHES =
            List.of(MediaTypes.JSON_PATCH, MediaTypes.MERGE_PATCH);
    private static final int IDS_DEFAULT = 1000;
    private static final int IDS_MAX = 10_000;
    private static final int HISTORY_DEFAULT = 50;
    private static final int HISTORY_MAX = 1000;

    private final ContextService service;
    private final ContextSight sight;
    private final EventJsonReader json;
    private final DocumentReads reads;
    private final MergePatch mergePatch;
    private final MaskedWrites maskedWrites;
    private final Audit audit;
    private final ByteSize bodyMax;

    DocumentRoutes(
            ContextService service,
            ContextSight sight,
            EventJsonReader json,
            RegionAddresses regions,
            MaskedDocuments documents,
            Audit audit,
            ByteSize bodyMax) {
        this.service = service;
        this.sight = sight;
        this.json = json;
        this.reads = new DocumentReads(service, regions, documents);
        this.maskedWrites = new MaskedWrites(service, documents);
        this.mergePatch = new MergePatch(service);
        this.audit = audit;
        this.bodyMax = bodyMax;
    }

    List<Route> routes() {
        Access read = Access.needs(Scope.CONTEXT_READ);
        Access write = Access.needs(Scope.CONTEXT_WRITE);
        List<Route> routes = new ArrayList<>();
        for (String prefix : List.of("/api/v1", "")) {
            String type = prefix + "/contexts/{type}";
            String document = type + "/{+id}";
            routes.add(Route.of("GET", type, read, this::list));
            routes.add(Route.of("GET", document, read, this::read));
            routes.add(Route.of("PUT", document, write, this::put));
            routes.add(Route.of("PATCH", document, write, this::patch));
            routes.add(Route.of("DELETE", document, write, this::delete));
        }
        routes.add(Route.of("GET", "/api/v1/context-history/{type}/{+id}", read, this::history));
        return routes;
    }

    private Reply read(Request request) {
        DocumentKey key = ContextSight.document(request);
        return reads.read(request, key, sight.read(request, key, READ));
    }

    private Reply list(Request request) {
        String type = request.path("type");
        sight.read(request, type, READ);
        int limit = Math.toIntExact(request.number("limit", IDS_DEFAULT, 1, IDS_MAX));
        List<String> ids = service.list(type, request.query("after").orElse(""), limit);
        return Reply.json(
                new ContextIdList(
                        ids.stream().filter(id -> sight.sees(request, type, id)).toList(),
                        ids.size() < limit ? Optional.empty() : Optional.of(ids.getLast())));
    }

    private Reply history(Request request) {
        DocumentKey key = ContextSight.document(request);
        FieldMasks masks = sight.read(request, key, READ).masks();
        int limit = Math.toIntExact(request.number("limit", HISTORY_DEFAULT, 1, HISTORY_MAX));
        return new Reply.Json(
                200,
                new ContextHistory(
                        service.history(key, limit).stream()
                                .map(event -> MaskedDocuments.event(masks, event))
                                .toList()),
                DocumentReads.masked(masks));
    }

    private Reply put(Request request) {
        DocumentKey key = ContextSight.document(request);
        Verdict.View view = sight.change(request, key, Action.CONTEXT_WRITE, WRITE);
        MediaTypes.require(request, STATES);
        WriteHeaders headers = headers(request, view, key);
        MaskedWrites.requireState(view, headers.onlyNew());
        JsonNode state = json.value(request.wholeBody(bodyMax));
        return written(
                view,
                MaskedWrites.written(
                        view, () -> service.write(headers.request(key, new Change.State(state)))));
    }

    private Reply patch(Request request) {
        DocumentKey key = ContextSight.document(request);
        Verdict.View view = sight.change(request, key, Action.CONTEXT_WRITE, WRITE);
        String form = MediaTypes.require(request, PATCHES);
        WriteHeaders headers = headers(request, view, key);
        JsonNode patch = json.value(request.wholeBody(bodyMax));
        if (form.equals(MediaTypes.MERGE_PATCH)) {
            MaskedWrites.requireMerge(view, patch);
            return written(
                    view, MaskedWrites.written(view, () -> mergePatch.write(headers, key, patch)));
        }
        List<PatchOperation> operations = PatchReader.read(patch);
        MaskedWrites.requirePatch(view, operations);
        return written(
                view,
                MaskedWrites.written(
                        view,
                        () -> service.write(headers.request(key, new Change.Patch(operations)))));
    }

    private WriteHeaders headers(Request request, Verdict.View view, DocumentKey key) {
        WriteHeaders headers = WriteHeaders.of(request);
        MaskedDocuments.requireNewest(view, headers.schemaVersion());
        return headers.withCondition(maskedWrites.condition(view, key, headers.ifMatch()));
    }

    private Reply delete(Request request) {
        DocumentKey key = ContextSight.document(request);
        boolean erases = request.flag("erase");
        Verdict.View view =
                sight.change(
                        request,
                        key,
                        erases ? Action.CONTEXT_ERASE : Action.CONTEXT_WRITE,
                        erases ? ERASE : WRITE);
        WriteHeaders headers = headers(request, view, key);
        if (!erases) {
            return written(view, service.write(headers.request(key, new Change.Delete())));
        }
        requireErasure(request, key);
        WriteReceipt receipt = service.write(headers.request(key, new Change.Erase()));
        audit.record(
                request.id(),
                request.caller(),
                ERASE,
                key.toString(),
                Audit.Outcome.DONE,
                Map.of("event", receipt.eventId()));
        return written(view, receipt);
    }

    private void requireErasure(Request request, DocumentKey key) {
        if (!request.caller().may(Scope.CONTEXT_ERASE)) {
            audit.record(
                    request.id(),
                    request.caller(),
                    ERASE,
                    key.toString(),
                    Audit.Outcome.DENIED,
                    Map.of("scope", Scope.CONTEXT_ERASE.toString()));
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "erasing needs a token with the scope "
                            + Scope.CONTEXT_ERASE
                            + "; without erase=true the document is only removed",
                    Map.of("scope", Scope.CONTEXT_ERASE.toString()),
                    null);
        }
    }

    private static Reply written(Verdict.View view, WriteReceipt receipt) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Sheaf-Context-Token", receipt.token());
        if (view.masks().isNone()) {
            headers.put("ETag", DocumentReads.tag(receipt.version()));
        }
        return new Reply.Json(200, MaskedDocuments.receipt(view.masks(), receipt), headers);
    }
}
