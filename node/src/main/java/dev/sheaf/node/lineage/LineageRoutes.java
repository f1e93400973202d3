package dev.sheaf.node.lineage;

import dev.sheaf.client.LineageDatasetList;
import dev.sheaf.client.LineageEventInfo;
import dev.sheaf.client.LineageEventList;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.EventReader;
import dev.sheaf.lineage.LineageEvent;
import dev.sheaf.lineage.OwnerKey;
import dev.sheaf.lineage.Question;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Scope;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What is made from what, what a change touches, and the events that say so.
final class LineageRoutes {
    private static final int HITS = 200;
    private static final int HITS_MAX = 10_000;
    private static final int EVENTS = 20;
    private static final int EVENTS_MAX = 500;

    private final MeshLineage lineage;
    private final LineageQueries queries;

    LineageRoutes(MeshLineage lineage, LineageQueries queries) {
        this.lineage = lineage;
        this.queries = queries;
    }

    List<Route> routes() {
        Access read = Access.needs(Scope.CATALOG_READ);
        return List.of(
                Route.of("GET", "/api/v1/lineage", read, this::lineage),
                Route.of("GET", "/api/v1/impact", read, this::impact),
                Route.of("GET", "/api/v1/lineage/datasets", read, this::datasets),
                Route.of("GET", "/api/v1/lineage/events", read, this::events),
                Route.of("GET", "/api/v1/lineage/events/{event}", read, this::event));
    }

    private Reply lineage(Request request) {
        int depth = (int) request.number("depth", Question.ANY_DEPTH, 1, Question.ANY_DEPTH);
        int limit = (int) request.number("limit", HITS, 0, HITS_MAX);
        Question.Direction direction = direction(request);
        Optional<Question.Start.Owner> owner = owner(request);
        if (owner.isPresent()) {
            return Reply.json(queries.of(request.caller(), owner.get(), direction, depth, limit));
        }
        return Reply.json(
                queries.of(
                        request.caller(),
                        dataset(request),
                        request.query("column"),
                        direction,
                        depth,
                        limit));
    }

    private static Question.Direction direction(Request request) {
        String text = request.query("direction").orElse("downstream");
        return switch (text) {
            case "downstream" -> Question.Direction.DOWNSTREAM;
            case "upstream" -> Question.Direction.UPSTREAM;
            default ->
                    throw new Problem(
                            ProblemCode.BAD_REQUEST,
                            "parameter direction is '" + text + "': write upstream or downstream");
        };
    }

    private Optional<Question.Start.Owner> owner(Request request) {
        Optional<String> job = request.query("job");
        Optional<String> model = request.query("model");
        if (job.isPresent()) {
            return Optional.of(
                    new Question.Start.Owner(
                            OwnerKey.Kind.JOB,
                            new EntityName(request.query("namespace").orElse(""), job.get())));
        }
        return model.map(name ->
                new Question.Start.Owner(
                        OwnerKey.Kind.MODEL, new EntityName(lineage.names().models(), name)));
    }

    /// What a request asks about: a product, or a dataset of a namespace.
    private EntityName dataset(Request request) {
        Optional<String> product = request.query("product");
        Optional<String> dataset = request.query("dataset");
        if (product.isPresent() == dataset.isPresent()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "write product=domain.product, or dataset=NAME with namespace=NAMESPACE, or"
                            + " job=NAME with namespace=NAMESPACE, or model=NAME/VERSION");
        }
        if (product.isPresent()) {
            return lineage.names().product(ProductName.parse(product.get()));
        }
        Optional<String> namespace = request.query("namespace");
        if (namespace.isPresent()) {
            return new EntityName(namespace.get(), dataset.orElseThrow());
        }
        List<EntityName> found = lineage.graph().named(dataset.orElseThrow());
        Sight sight = queries.sight(request.caller());
        List<EntityName> seen =
                found.stream()
                        .filter(name -> sight.sees(lineage.graph().names(name).getFirst()))
                        .toList();
        if (seen.size() == 1) {
            return seen.getFirst();
        }
        throw new Problem(
                seen.isEmpty() ? ProblemCode.NOT_FOUND : ProblemCode.BAD_REQUEST,
                seen.isEmpty()
                        ? "lineage knows no dataset '" + dataset.orElseThrow() + "'"
                        : "several datasets are called '"
                                + dataset.orElseThrow()
                                + "': say which by namespace, one of "
                                + String.join(
                                        ", ",
                                        seen.stream()
                                                .limit(10)
                                                .map(EntityName::namespace)
                                                .toList()));
    }

    private Reply impact(Request request) {
        return Reply.json(
                queries.impact(
                        request.caller(),
                        dataset(request),
                        request.query("column"),
                        (int) request.number("limit", HITS, 0, HITS_MAX)));
    }

    private Reply datasets(Request request) {
        Sight sight = queries.sight(request.caller());
        LineageAnswers answers = new LineageAnswers(lineage.names(), sight);
        int limit = (int) request.number("limit", HITS, 1, HITS_MAX);
        return Reply.json(
                new LineageDatasetList(
                        lineage.graph().find(request.query("q").orElse("")).stream()
                                .filter(sight::sees)
                                .limit(limit)
                                .map(name -> answers.place(name, Optional.empty()))
                                .toList()));
    }

    private Reply events(Request request) {
        Optional<EntityName> subject =
                request.query("name")
                        .map(name -> new EntityName(request.query("namespace").orElse(""), name));
        int limit = (int) request.number("limit", EVENTS, 1, EVENTS_MAX);
        long before = request.number("before", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        Sight sight = queries.sight(request.caller());
        List<KeptEvent> found = lineage.events().newest(subject, before, limit);
        List<LineageEventInfo> shown = new ArrayList<>();
        for (KeptEvent event : found) {
            LineageEvent read = EventReader.read(event.text());
            if (isSeen(event, read, sight)) {
                shown.add(info(event, read));
            }
        }
        return Reply.json(
                new LineageEventList(
                        shown,
                        found.size() < limit
                                ? OptionalLong.empty()
                                : OptionalLong.of(found.getLast().number())));
    }

    private Reply event(Request request) {
        String id = request.path("event");
        Sight sight = queries.sight(request.caller());
        KeptEvent event =
                number(id)
                        .flatMap(lineage.events()::find)
                        .filter(found -> isSeen(found, EventReader.read(found.text()), sight))
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.NOT_FOUND,
                                        "there is no lineage event '" + id + "' here"));
        return new Reply.Bytes(200, "application/json", event.text(), Map.of());
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    /// An event is shown to those who may know of all that it names.
    private boolean isSeen(KeptEvent event, LineageEvent read, Sight sight) {
        LineageEvent.Contents contents = read.contents();
        Set<EntityName> named = new LinkedHashSet<>(contents.edges().datasets());
        contents.told().values().forEach(edges -> named.addAll(edges.datasets()));
        contents.datasets()
                .forEach(facts -> {
                    named.add(facts.dataset());
                    facts.otherNames().ifPresent(named::addAll);
                });
        boolean isDataset = read instanceof LineageEvent.OfDataset;
        boolean isOwnerSeen =
                isDataset
                        || sight.sees(
                                new OwnerKey(
                                        lineage.names().kind(event.subject()),
                                        event.subject(),
                                        lineage.region().toString()));
        return isOwnerSeen
                && named.stream()
                        .map(name -> lineage.graph().names(name).getFirst())
                        .allMatch(sight::sees);
    }

    private static LineageEventInfo info(KeptEvent event, LineageEvent read) {
        return new LineageEventInfo(
                event.number(),
                event.receivedAt(),
                event.time(),
                event.state().map(Enum::name),
                event.run(),
                event.subject().namespace(),
                event.subject().name(),
                read.contents().notes(),
                event.text().length);
    }
}
