package dev.sheaf.node.lineage;

import dev.sheaf.client.ModelInfo;
import dev.sheaf.client.ModelRequest;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.OwnerKey;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// Registers models for callers and shows them. For any thread.
final class ModelDesk {
    private static final int TEXT_CHARACTERS_MAX = 500;
    private static final int PRODUCTS_MAX = 10_000;

    private final MeshLineage lineage;
    private final LineageQueries queries;
    private final Audit audit;
    private final Clock clock;
    private final ReentrantLock changing = new ReentrantLock();

    ModelDesk(MeshLineage lineage, LineageQueries queries, Audit audit, Clock clock) {
        this.lineage = lineage;
        this.queries = queries;
        this.audit = audit;
        this.clock = clock;
    }

    /// Returns when it is kept.
    ///
    /// @throws Problem FORBIDDEN when the token does not cover the domain, NOT_FOUND for a product
    ///   that the caller may not know of, INVALID_VALUE
    ModelInfo register(String requestId, Principal caller, ModelRequest request) {
        requireText("name", request.name());
        requireText("version", request.version());
        DomainName domain = new DomainName(request.domain());
        requireCovered(caller, domain, request.name());
        lineage.models().versions(request.name()).stream()
                .filter(other -> !other.domain().equals(request.domain()))
                .filter(other -> other.region().equals(lineage.region().toString()))
                .findFirst()
                .ifPresent(other -> {
                    throw new Problem(
                            ProblemCode.FORBIDDEN,
                            "a model '" + request.name() + "' belongs to another domain");
                });
        Model model = model(caller, request);
        byte[] event = event(model);
        EventLog.await(lineage.own(event));
        audit.record(
                requestId,
                caller,
                "model.register",
                request.name() + "/" + request.version(),
                Audit.Outcome.DONE,
                Map.of("domain", request.domain(), "trainedOn", request.trainedOn()));
        return info(model, queries.sight(caller));
    }

    /// Registers the next version of a model: one more than the highest number that there is.
    ///
    /// @param request its version does not count
    ModelInfo registerNext(String requestId, Principal caller, ModelRequest request) {
        changing.lock();
        try {
            long last =
                    lineage.models().versions(request.name()).stream()
                            .map(Model::version)
                            .filter(version -> version.matches("\\d{1,15}"))
                            .mapToLong(Long::parseLong)
                            .max()
                            .orElse(0);
            return register(
                    requestId,
                    caller,
                    new ModelRequest(
                            request.name(),
                            Long.toString(last + 1),
                            request.domain(),
                            request.description(),
                            request.trainedOn(),
                            request.tags()));
        } finally {
            changing.unlock();
        }
    }

    private byte[] event(Model model) {
        return dev.sheaf.client.Wire.json()
                .writeValueAsBytes(model.event(lineage.models().name(model)));
    }

    private Model model(Principal caller, ModelRequest request) {
        if (request.trainedOn().size() > PRODUCTS_MAX) {
            throw new Problem(
                    ProblemCode.LIMIT_EXCEEDED,
                    "a model is trained on at most " + PRODUCTS_MAX + " products and columns");
        }
        Sight sight = queries.sight(caller);
        List<EntityName> inputs = new ArrayList<>();
        List<ColumnName> columns = new ArrayList<>();
        for (String text : request.trainedOn()) {
            String[] parts = text.split("\\.", 3);
            if (parts.length < 2) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "trainedOn has '"
                                + text
                                + "': write domain.product or domain.product.column");
            }
            ProductName product = ProductName.parse(parts[0] + "." + parts[1]);
            EntityName dataset = queries.known(sight, lineage.names().product(product));
            if (parts.length == 2) {
                inputs.add(dataset);
            } else {
                columns.add(new ColumnName(dataset, queries.column(dataset, parts[2])));
            }
        }
        return new Model(
                request.name(),
                request.version(),
                request.domain(),
                request.description(),
                inputs,
                columns,
                request.tags(),
                caller.subject(),
                now(request),
                lineage.region().toString());
    }

    /// What was said last counts, also when this node's clock has been set back since.
    private Instant now(ModelRequest request) {
        Instant now = clock.instant();
        return lineage.models().versions(request.name()).stream()
                .filter(before -> before.version().equals(request.version()))
                .filter(before -> before.region().equals(lineage.region().toString()))
                .map(before -> before.at().plusMillis(1))
                .filter(now::isBefore)
                .findFirst()
                .orElse(now);
    }

    /// Says something of a version anew. Changes of this node wait for each other.
    ///
    /// @throws Problem NOT_FOUND when the caller may not know of it; FORBIDDEN when the token does
    ///   not cover its domain; BAD_REQUEST when it was registered in another region, which alone
    ///   speaks for it
    ModelInfo change(
            String requestId, Principal caller, String name, String version, ModelChange change) {
        changing.lock();
        try {
            Sight sight = queries.sight(caller);
            Model before = own(caller, name, version);
            requireCovered(caller, new DomainName(before.domain()), name);
            Map<String, String> tags = new TreeMap<>(before.tags());
            change.tags()
                    .forEach((key, value) ->
                            value.ifPresentOrElse(
                                    text -> tags.put(key, text), () -> tags.remove(key)));
            Optional<String> description =
                    change.description().or(before::description).filter(text -> !text.isEmpty());
            Model after =
                    model(
                            caller,
                            new ModelRequest(
                                    name,
                                    version,
                                    before.domain(),
                                    description,
                                    change.trainedOn().orElse(List.of()),
                                    tags));
            if (change.trainedOn().isEmpty()) {
                after = after.trainedOn(before.inputs(), before.columns());
            }
            EventLog.await(lineage.own(event(after)));
            audit.record(
                    requestId,
                    caller,
                    "model.change",
                    name + "/" + version,
                    Audit.Outcome.DONE,
                    Map.of("domain", before.domain(), "tags", List.copyOf(change.tags().keySet())));
            return info(after, sight);
        } finally {
            changing.unlock();
        }
    }

    /// The version as this region has said it.
    private Model own(Principal caller, String name, String version) {
        List<ModelInfo> seen =
                versions(caller, name).stream()
                        .filter(each -> each.version().equals(version))
                        .toList();
        if (seen.isEmpty()) {
            throw noVersion(name, version);
        }
        String region = lineage.region().toString();
        return lineage.models().versions(name).stream()
                .filter(model -> model.version().equals(version))
                .filter(model -> model.region().equals(region))
                .filter(_ -> seen.stream().anyMatch(each -> each.region().equals(region)))
                .findFirst()
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.BAD_REQUEST,
                                "version "
                                        + version
                                        + " of the model '"
                                        + name
                                        + "' was registered in "
                                        + seen.getFirst().region()
                                        + ": change it there"));
    }

    /// One version.
    ///
    /// @throws Problem NOT_FOUND
    ModelInfo version(Principal caller, String name, String version) {
        return versions(caller, name).stream()
                .filter(each -> each.version().equals(version))
                .findFirst()
                .orElseThrow(() -> noVersion(name, version));
    }

    private static Problem noVersion(String name, String version) {
        return new Problem(
                ProblemCode.NOT_FOUND, "the model '" + name + "' has no version '" + version + "'");
    }

    private static void requireCovered(Principal caller, DomainName domain, String name) {
        if (!caller.covers(domain)) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "your token does not cover the domain "
                            + domain
                            + ", whose model '"
                            + name
                            + "' is");
        }
    }

    private static void requireText(String what, String text) {
        if (text.isBlank()
                || text.length() > TEXT_CHARACTERS_MAX
                || (what.equals("name") && text.indexOf('/') >= 0)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a model's "
                            + what
                            + " has 1 to "
                            + TEXT_CHARACTERS_MAX
                            + " characters"
                            + (what.equals("name") ? " and no slash" : ""));
        }
    }

    /// Those that the caller may know of.
    List<ModelInfo> all(Principal caller) {
        return shown(caller, lineage.models().all());
    }

    /// The versions of a model.
    ///
    /// @throws Problem NOT_FOUND
    List<ModelInfo> versions(Principal caller, String name) {
        List<ModelInfo> versions = shown(caller, lineage.models().versions(name));
        if (versions.isEmpty()) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "there is no model '" + name + "': sheaf models lists them");
        }
        return versions;
    }

    private List<ModelInfo> shown(Principal caller, List<Model> models) {
        Sight sight = queries.sight(caller);
        return models.stream()
                .filter(model ->
                        sight.sees(
                                new OwnerKey(
                                        OwnerKey.Kind.MODEL,
                                        lineage.models().name(model),
                                        model.region())))
                .map(model -> info(model, sight))
                .toList();
    }

    private ModelInfo info(Model model, Sight sight) {
        List<String> trainedOn = new ArrayList<>();
        int hidden = 0;
        for (EntityName product : model.products()) {
            if (!sight.sees(product)) {
                hidden++;
                continue;
            }
            if (model.inputs().contains(product)) {
                trainedOn.add(product.name());
            }
            model.columns().stream()
                    .filter(column -> column.dataset().equals(product))
                    .forEach(column -> trainedOn.add(product.name() + "." + column.column()));
        }
        return new ModelInfo(
                model.name(),
                model.version(),
                model.domain(),
                model.region(),
                model.description(),
                trainedOn,
                hidden,
                new TreeMap<>(model.tags()),
                model.by(),
                model.at());
    }
}
