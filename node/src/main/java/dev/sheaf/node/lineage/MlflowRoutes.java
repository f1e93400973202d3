package dev.sheaf.node.lineage;

import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Handler;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Scope;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Models in the shapes of MLflow's registry (its REST API, version 2.0), for clients that speak
/// it. What does not fit a registry of models whose training data is known is refused in words.
final class MlflowRoutes {
    private static final String API = "/api/2.0/mlflow/";
    private static final MlflowForm FORM = new MlflowForm();

    private final MlflowModels models;
    private final MlflowVersions versions;
    private final List<Route> routes = new ArrayList<>();

    MlflowRoutes(ModelDesk desk, Clock clock) {
        this.models = new MlflowModels(desk, clock);
        this.versions = new MlflowVersions(desk);
    }

    List<Route> routes() {
        write("POST", "registered-models/create", models::create);
        read("GET", "registered-models/get", models::get);
        read("GET", "registered-models/search", models::search);
        read("GET", "registered-models/get-latest-versions", models::latest);
        read("POST", "registered-models/get-latest-versions", models::latest);
        read("GET", "registered-models/alias", models::byAlias);
        write("POST", "registered-models/alias", models::setAlias);
        write("DELETE", "registered-models/alias", models::deleteAlias);
        write("POST", "model-versions/create", versions::create);
        read("GET", "model-versions/get", versions::get);
        read("GET", "model-versions/search", versions::search);
        read("GET", "model-versions/get-download-uri", versions::source);
        write("PATCH", "model-versions/update", versions::update);
        write("POST", "model-versions/set-tag", versions::setTag);
        write("DELETE", "model-versions/delete-tag", versions::deleteTag);
        for (String method : List.of("GET", "POST", "PATCH", "DELETE")) {
            read(method, "{+call}", MlflowRoutes::refuse);
        }
        return List.copyOf(routes);
    }

    private void read(String method, String call, Handler handler) {
        add(method, call, Scope.CATALOG_READ, handler);
    }

    private void write(String method, String call, Handler handler) {
        add(method, call, Scope.LINEAGE_WRITE, handler);
    }

    private void add(String method, String call, Scope scope, Handler handler) {
        routes.add(Route.of(method, API + call, Access.needs(scope), handler).forForeign(FORM));
    }

    private static Reply refuse(Request request) {
        String call = request.path("call");
        boolean isOfRegistry =
                call.startsWith("registered-models/") || call.startsWith("model-versions/");
        return MlflowForm.refusal(
                isOfRegistry
                        ? call
                                + " is not done here: there are no stages, versions stay as what"
                                + " was trained on what, and descriptions and tags are those of"
                                + " versions (model-versions/update and set-tag)"
                        : call
                                + " is not done here: this node keeps models and what they were"
                                + " trained on, no runs and experiments. Name this node as registry"
                                + " only (MLFLOW_REGISTRY_URI), and where runs are as"
                                + " MLFLOW_TRACKING_URI");
    }
}
