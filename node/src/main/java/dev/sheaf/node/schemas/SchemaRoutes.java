package dev.sheaf.node.schemas;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.ProblemCode;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Confluent's interface below `/schemas`, so that clients whose address of the registry is that
/// find their paths. Who asks needs a token like everywhere, as bearer or as a password.
final class SchemaRoutes {
    private static final String ROOT = "/schemas";
    private static final ByteSize BODY_MAX = ByteSize.ofMebibytes(4);
    private static final List<String> LANGUAGES =
            Arrays.stream(SchemaLanguage.values()).map(SchemaLanguage::name).toList();
    private static final String DEFAULT_CONTEXT = ":.:";
    private static final String ALL_CONTEXTS = ":*:";
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
        read("GET", "/schemas/ids/{id}", reads::schema);
        read("GET", "", (_, _) -> SchemaAnswer.of(Map.of()));
        read("GET", "/schemas", reads::schemas);
        read("GET", "/schemas/types", (_, _) -> SchemaAnswer.of(LANGUAGES));
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
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            read(method, "/{+call}", SchemaRoutes::refuse);
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
        List<String> steps =
                Arrays.stream(path.split("/")).filter(step -> !step.isEmpty()).toList();
        routes.add(
                Route.of(
                                method,
                                ROOT + path,
                                Access.needs(scope),
                                request -> reply(order(method, steps, request), changing, request))
                        .forForeign(FORM));
    }

    private static Reply reply(SchemaOrder order, Changing changing, Request request) {
        SchemaAnswer answer = changing.answer(order, request.caller(), request.token());
        return new Reply.Bytes(
                answer.status(),
                ConfluentForm.mediaType(request.header("Accept")),
                answer.json().getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    private static SchemaOrder order(String method, List<String> path, Request request) {
        List<String> steps =
                path.stream()
                        .map(step ->
                                switch (step) {
                                    case "{subject}" -> inDefaultContext(request.path("subject"));
                                    case "{id}" -> request.path("id");
                                    case "{version}" -> request.path("version");
                                    case "{+call}" -> request.path("call");
                                    default -> step;
                                })
                        .toList();
        String body =
                method.equals("POST") || method.equals("PUT")
                        ? new String(request.wholeBody(BODY_MAX), StandardCharsets.UTF_8)
                        : "";
        Map<String, String> queries = new HashMap<>(request.queries());
        queries.computeIfPresent(
                "subjectPrefix", (_, prefix) -> inDefaultContext(prefix.replace(ALL_CONTEXTS, "")));
        queries.computeIfPresent("subject", (_, subject) -> inDefaultContext(subject));
        return new SchemaOrder(method, steps, queries, body, request.id());
    }

    /// The only context there is may be written before a subject, or left out.
    private static String inDefaultContext(String subject) {
        return subject.startsWith(DEFAULT_CONTEXT)
                ? subject.substring(DEFAULT_CONTEXT.length())
                : subject;
    }

    private static SchemaAnswer refuse(SchemaOrder order, Principal caller) {
        throw SchemaFaults.of(
                ProblemCode.NOT_FOUND,
                404,
                "there is nothing at /schemas/"
                        + order.step(0)
                        + ": docs/schemas.md says what of Confluent's interface is there");
    }
}
