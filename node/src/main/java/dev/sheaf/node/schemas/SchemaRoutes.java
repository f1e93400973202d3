package dev.sheaf.node.schemas;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.schemas.SchemaLanguage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Confluent's interface below `/schemas`, so that clients whose address of the registry is that
/// find their paths. Who asks needs a token like everywhere, as bearer or as a password.
final class SchemaRoutes {
    private static final String ROOT = "/schemas";
    private static final ByteSize BODY_MAX = ByteSize.ofMebibytes(4);
    private static final List<String> LANGUAGES =
            Arrays.stream(SchemaLanguage.values()).map(SchemaLanguage::name).toList();
    private static final ConfluentForm FORM = new ConfluentForm();

    private interface Reading {
        SchemaAnswer answer(SchemaOrder order, Principal caller);
    }

    private interface Changing {
        SchemaAnswer answer(SchemaOrder order, Principal caller, String token);
    }

    private final SchemaApi api;
    private final SchemaReads reads;
    private final List<Route> routes = new ArrayList<>();

    SchemaRoutes(SchemaApi api, SchemaReads reads) {
        this.api = api;
        this.reads = reads;
    }

    List<Route> routes() {
        read("GET", "", (_, _) -> SchemaAnswer.of(Map.of()));
        read("GET", "/schemas", reads::schemas);
        read("GET", "/schemas/types", (_, _) -> SchemaAnswer.of(LANGUAGES));
        read("GET", "/schemas/ids/{id}", reads::schema);
        read("GET", "/schemas/ids/{id}/schema", reads::schemaText);
        read("GET", "/schemas/ids/{id}/subjects", reads::subjectsOf);
        read("GET", "/schemas/ids/{id}/versions", reads::versionsOf);
        read("GET", "/contexts", (_, _) -> SchemaAnswer.of(List.of(".")));
        read("GET", "/subjects", reads::subjects);
        read("POST", "/subjects/{subject}", api::find);
        change("DELETE", "/subjects/{subject}", Scope.MESH_APPLY, api::deleteSubject);
        read("GET", "/subjects/{subject}/versions", reads::versions);
        change("POST", "/subjects/{subject}/versions", Scope.PRODUCT_PUBLISH, api::register);
        read("GET", "/subjects/{subject}/versions/{version}", reads::version);
        read("GET", "/subjects/{subject}/versions/{version}/schema", reads::versionText);
        read("GET", "/subjects/{subject}/versions/{version}/referencedby", reads::referencedBy);
        change(
                "DELETE",
                "/subjects/{subject}/versions/{version}",
                Scope.MESH_APPLY,
                api::deleteVersion);
        read("POST", "/compatibility/subjects/{subject}/versions", api::check);
        read("POST", "/compatibility/subjects/{subject}/versions/{version}", api::check);
        for (String path : List.of("/config", "/config/{subject}")) {
            read("GET", path, api::level);
            change("PUT", path, Scope.MESH_APPLY, api::setLevel);
            change("DELETE", path, Scope.MESH_APPLY, api::dropLevel);
        }
        for (String path : List.of("/mode", "/mode/{subject}")) {
            read("GET", path, api::mode);
            change("PUT", path, Scope.MESH_APPLY, api::setMode);
            change("DELETE", path, Scope.MESH_APPLY, api::dropMode);
        }
        return List.copyOf(routes);
    }

    private void read(String method, String path, Reading reading) {
        change(
                method,
                path,
                Scope.CATALOG_READ,
                (order, caller, _) -> reading.answer(order, caller));
    }

    private void change(String method, String path, Scope scope, Changing changing) {
        routes.add(
                Route.of(
                                method,
                                ROOT + path,
                                Access.needs(scope),
                                request -> reply(method, path, changing, request))
                        .forForeign(FORM));
    }

    private static Reply reply(String method, String path, Changing changing, Request request) {
        SchemaAnswer answer =
                changing.answer(order(method, path, request), request.caller(), request.token());
        return new Reply.Bytes(
                answer.status(),
                ConfluentForm.MEDIA_TYPE,
                answer.json().getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    private static SchemaOrder order(String method, String path, Request request) {
        List<String> steps =
                Arrays.stream(path.split("/"))
                        .filter(step -> !step.isEmpty())
                        .map(step ->
                                step.startsWith("{")
                                        ? request.path(step.substring(1, step.length() - 1))
                                        : step)
                        .toList();
        String body =
                method.equals("POST") || method.equals("PUT")
                        ? new String(request.wholeBody(BODY_MAX), StandardCharsets.UTF_8)
                        : "";
        return new SchemaOrder(method, steps, request.queries(), body, request.id());
    }
}
