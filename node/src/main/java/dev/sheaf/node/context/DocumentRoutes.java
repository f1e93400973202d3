package dev.sheaf.node.context;

import dev.sheaf.client.ContextHistory;
import dev.sheaf.client.ContextIdList;
import dev.sheaf.context.codec.EventJsonReader;
import dev.sheaf.context.patch.PatchReader;
import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.WriteReceipt;
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
    private final Audit audit;
    private final ByteSize bodyMax;

    DocumentRoutes(
            ContextService service,
            ContextSight sight,
            EventJsonReader json,
            RegionAddresses regions,
            Audit audit,
            ByteSize bodyMax) {
        this.service = service;
        this.sight = sight;
        this.json = json;
        this.reads = new DocumentReads(service, regions);
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
            routes.add(
                    Route.of(
                            "GET",
                            document,
                            read,
                            request -> reads.read(request, sight.document(request, READ))));
            routes.add(Route.of("PUT", document, write, this::put));
            routes.add(Route.of("PATCH", document, write, this::patch));
            routes.add(Route.of("DELETE", document, write, this::delete));
        }
        routes.add(Route.of("GET", "/api/v1/context-history/{type}/{+id}", read, this::history));
        return routes;
    }

    private Reply list(Request request) {
        String type = sight.type(request, READ);
        int limit = Math.toIntExact(request.number("limit", IDS_DEFAULT, 1, IDS_MAX));
        List<String> ids = service.list(type, request.query("after").orElse(""), limit);
        return Reply.json(
                new ContextIdList(
                        ids, ids.size() < limit ? Optional.empty() : Optional.of(ids.getLast())));
    }

    private Reply history(Request request) {
        DocumentKey key = sight.document(request, READ);
        int limit = Math.toIntExact(request.number("limit", HISTORY_DEFAULT, 1, HISTORY_MAX));
        return Reply.json(
                new ContextHistory(
                        service.history(key, limit).stream().map(ContextAnswers::event).toList()));
    }

    private Reply put(Request request) {
        DocumentKey key = sight.document(request, WRITE);
        MediaTypes.require(request, STATES);
        WriteHeaders headers = WriteHeaders.of(request);
        JsonNode state = json.value(request.wholeBody(bodyMax));
        return written(service.write(headers.request(key, new Change.State(state))));
    }

    private Reply patch(Request request) {
        DocumentKey key = sight.document(request, WRITE);
        String form = MediaTypes.require(request, PATCHES);
        WriteHeaders headers = WriteHeaders.of(request);
        JsonNode patch = json.value(request.wholeBody(bodyMax));
        return written(
                form.equals(MediaTypes.MERGE_PATCH)
                        ? mergePatch.write(headers, key, patch)
                        : service.write(
                                headers.request(key, new Change.Patch(PatchReader.read(patch)))));
    }

    private Reply delete(Request request) {
        DocumentKey key = sight.document(request, WRITE);
        WriteHeaders headers = WriteHeaders.of(request);
        if (!request.flag("erase")) {
            return written(service.write(headers.request(key, new Change.Delete())));
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
        return written(receipt);
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

    private static Reply written(WriteReceipt receipt) {
        return new Reply.Json(
                200,
                ContextAnswers.receipt(receipt),
                Map.of(
                        "ETag",
                        DocumentReads.tag(receipt.version()),
                        "Sheaf-Context-Token",
                        receipt.token()));
    }
}
