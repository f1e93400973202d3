package dev.sheaf.node.lineage;

import dev.sheaf.client.ModelList;
import dev.sheaf.client.ModelRequest;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Scope;

import java.util.List;
import java.util.Map;

/// AI models and what they were trained on.
final class ModelRoutes {
    private static final String MODELS = "/api/v1/models";

    private final ModelDesk desk;

    ModelRoutes(ModelDesk desk) {
        this.desk = desk;
    }

    List<Route> routes() {
        Access read = Access.needs(Scope.CATALOG_READ);
        return List.of(
                Route.of("POST", MODELS, Access.needs(Scope.LINEAGE_WRITE), this::register),
                Route.of("GET", MODELS, read, this::list),
                Route.of("GET", MODELS + "/{model}", read, this::one));
    }

    private Reply register(Request request) {
        return new Reply.Json(
                201,
                desk.register(request.id(), request.caller(), request.json(ModelRequest.class)),
                Map.of());
    }

    private Reply list(Request request) {
        return Reply.json(new ModelList(desk.all(request.caller())));
    }

    private Reply one(Request request) {
        return Reply.json(new ModelList(desk.versions(request.caller(), request.path("model"))));
    }
}
