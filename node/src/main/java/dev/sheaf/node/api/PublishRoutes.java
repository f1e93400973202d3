package dev.sheaf.node.api;

import dev.sheaf.client.PublishRequest;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.Wire;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.node.runs.ImportRoots;
import dev.sheaf.node.runs.LiveRun;
import dev.sheaf.node.runs.PublishOrder;
import dev.sheaf.node.runs.RunRegistry;
import dev.sheaf.node.runs.Uploads;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.publish.RunIds;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Publishes: started, watched, cancelled.
public final class PublishRoutes {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration EVENTS_APART_MIN = Duration.ofMillis(200);

    private final Ledger ledger;
    private final RunRegistry runs;
    private final Uploads uploads;
    private final ImportRoots importRoots;
    private final RunIds ids;
    private final Sight sight;

    public PublishRoutes(
            Ledger ledger,
            RunRegistry runs,
            Uploads uploads,
            ImportRoots importRoots,
            RunIds ids,
            Governance governance,
            MeshRegistry registry,
            Audit audit) {
        this.ledger = ledger;
        this.runs = runs;
        this.uploads = uploads;
        this.importRoots = importRoots;
        this.ids = ids;
        this.sight = new Sight(ledger, governance, registry, audit);
    }

    public List<Route> routes() {
        Access read = Access.needs(Scope.CATALOG_READ);
        Access publish = Access.needs(Scope.PRODUCT_PUBLISH);
        return List.of(
                Route.of("POST", "/api/v1/products/{product}/publishes", publish, this::publish),
                Route.of("GET", "/api/v1/runs/{run}", read, this::run),
                Route.of("GET", "/api/v1/runs/{run}/events", read, this::events),
                Route.of("DELETE", "/api/v1/runs/{run}", publish, this::cancel));
    }

    private Reply publish(Request request) {
        ProductSpec spec = sight.product(request, "product.publish", Action.PRODUCT_PUBLISH);
        String runId = ids.next();
        String type = request.header("Content-Type").orElse("");
        PublishOrder.Files files =
                type.startsWith("application/json")
                        ? located(request)
                        : uploads.take(runId, type, request.body());
        PublishOrder order =
                new PublishOrder(
                        runId,
                        spec.name(),
                        files,
                        request.flag("dryRun"),
                        request.caller(),
                        request.span(),
                        request.token());
        LiveRun run = started(order);
        sight.audit()
                .record(
                        request.id(),
                        request.caller(),
                        "product.publish",
                        spec.name().toString(),
                        Audit.Outcome.DONE,
                        Map.of("run", runId));
        return new Reply.Json(
                202,
                RunAnswers.run(run, spec.contract().version()),
                Map.of("Location", "/api/v1/runs/" + runId));
    }

    private LiveRun started(PublishOrder order) {
        try {
            return runs.start(order);
        } catch (Problem busy) {
            if (order.files() instanceof PublishOrder.Files.Uploaded uploaded) {
                Uploads.delete(uploaded.folder());
            }
            throw busy;
        }
    }

    private PublishOrder.Files located(Request request) {
        PublishRequest body = request.json(PublishRequest.class);
        if (body.uris().isEmpty()) {
            throw new Problem(ProblemCode.BAD_REQUEST, "there are no uris to publish");
        }
        return new PublishOrder.Files.Located(importRoots.allowed(body.uris()));
    }

    private Reply run(Request request) {
        return Reply.json(info(request));
    }

    private Reply cancel(Request request) {
        RunInfo before = info(request);
        runs.find(before.id()).ifPresent(LiveRun::cancel);
        sight.audit()
                .record(
                        request.id(),
                        request.caller(),
                        "run.cancel",
                        before.id(),
                        Audit.Outcome.DONE,
                        Map.of("product", before.product()));
        return new Reply.Json(202, info(request), Map.of());
    }

    private RunInfo info(Request request) {
        String id = request.path("run");
        Optional<LiveRun> live = live(request, id);
        return live.isPresent()
                ? info(live.get())
                : RunAnswers.run(sight.run(request.caller(), id));
    }

    /// The ledger's record counts as soon as it says how the run ended.
    private RunInfo info(LiveRun live) {
        String id = live.order().runId();
        boolean hasEnded = live.view().state().finished() && live.view().problem().isEmpty();
        return (hasEnded ? ledger.run(id).map(RunAnswers::run) : Optional.<RunInfo>empty())
                .orElseGet(() -> RunAnswers.run(live, contractVersion(live.order().product())));
    }

    private Optional<LiveRun> live(Request request, String id) {
        return runs.find(id).filter(run -> request.caller().covers(run.order().product().domain()));
    }

    private Reply events(Request request) {
        Optional<LiveRun> live = live(request, request.path("run"));
        RunInfo now = info(request);
        return new Reply.Stream(
                200,
                "text/event-stream",
                body -> {
                    if (live.isPresent()) {
                        follow(live.get(), body);
                    } else {
                        event(body, "finished", now);
                    }
                },
                Map.of());
    }

    private void follow(LiveRun run, OutputStream body) throws IOException {
        String contractVersion = contractVersion(run.order().product());
        LiveRun.View view = run.view();
        try {
            while (!view.state().finished()) {
                event(body, "progress", RunAnswers.run(run, contractVersion));
                Thread.sleep(EVENTS_APART_MIN);
                LiveRun.View newer = run.awaitNewer(view.version(), HEARTBEAT);
                if (newer.version() == view.version()) {
                    body.write(": still there\n\n".getBytes(StandardCharsets.UTF_8));
                    body.flush();
                }
                view = newer;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the node stops", e);
        }
        event(body, "finished", info(run));
    }

    private static void event(OutputStream body, String name, RunInfo run) throws IOException {
        String data = Wire.json().writeValueAsString(run);
        body.write(
                ("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    private String contractVersion(ProductName product) {
        return ledger.product(product).map(spec -> spec.contract().version()).orElse("");
    }
}
