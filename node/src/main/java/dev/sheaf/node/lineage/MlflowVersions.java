package dev.sheaf.node.lineage;

import static dev.sheaf.node.lineage.MlflowShapes.answer;
import static dev.sheaf.node.lineage.MlflowShapes.body;
import static dev.sheaf.node.lineage.MlflowShapes.parameter;
import static dev.sheaf.node.lineage.MlflowShapes.text;

import dev.sheaf.client.ModelInfo;
import dev.sheaf.client.ModelRequest;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.identity.Principal;

import tools.jackson.databind.JsonNode;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// MLflow's `model-versions`.
final class MlflowVersions {
    private static final int VERSIONS_MAX = 200_000;

    private final ModelDesk desk;

    MlflowVersions(ModelDesk desk) {
        this.desk = desk;
    }

    Reply create(Request request) {
        JsonNode body = body(request);
        Map<String, String> tags = new LinkedHashMap<>();
        body.path("tags")
                .forEach(tag ->
                        tags.put(tag.path("key").asString(""), tag.path("value").asString("")));
        String trainedOn = Optional.ofNullable(tags.remove(MlflowShapes.TRAINED_ON)).orElse("");
        String domain =
                Optional.ofNullable(tags.remove(MlflowShapes.DOMAIN))
                        .or(() -> onlyDomain(request.caller()))
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.BAD_REQUEST,
                                        "the tag "
                                                + MlflowShapes.DOMAIN
                                                + " is missing, which says whose model it is"));
        tags.keySet().forEach(MlflowVersions::requireFree);
        for (String member : List.of("source", "run_id")) {
            String value = body.path(member).asString("");
            if (!value.isEmpty()) {
                tags.put(MlflowShapes.OWN + member, value);
            }
        }
        ModelInfo made =
                desk.registerNext(
                        request.id(),
                        request.caller(),
                        new ModelRequest(
                                text(body, "name"),
                                "",
                                domain,
                                Optional.of(body.path("description").asString(""))
                                        .filter(text -> !text.isEmpty()),
                                products(trainedOn),
                                tags));
        return shown(made);
    }

    private static Optional<String> onlyDomain(Principal caller) {
        return caller.domains().size() == 1
                ? caller.domains().stream()
                        .filter(each -> !each.equals(Principal.ALL_DOMAINS))
                        .findFirst()
                : Optional.empty();
    }

    private static List<String> products(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static void requireFree(String tag) {
        if (tag.isEmpty()
                || tag.startsWith(MlflowShapes.OWN)
                || tag.equals(MlflowShapes.REGION)
                || tag.equals(MlflowShapes.DOMAIN)) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the tag '"
                            + tag
                            + "' cannot be set here: the registry itself says it, or it is for"
                            + " MLflow's own use");
        }
    }

    private static Reply shown(ModelInfo version) {
        return answer(
                "model_version",
                MlflowShapes.version(version, MlflowShapes.aliases(List.of(version))));
    }

    Reply get(Request request) {
        String name = parameter(request, "name");
        return answer(
                "model_version",
                MlflowShapes.version(
                        desk.version(request.caller(), name, parameter(request, "version")),
                        MlflowShapes.aliases(desk.versions(request.caller(), name))));
    }

    Reply search(Request request) {
        MlflowFilter filter = MlflowFilter.parse(request.query("filter").orElse(""));
        List<ModelInfo> all = desk.all(request.caller());
        Map<String, Map<String, ModelInfo>> aliases =
                all.stream()
                        .collect(
                                Collectors.groupingBy(
                                        ModelInfo::name,
                                        Collectors.collectingAndThen(
                                                Collectors.toList(), MlflowShapes::aliases)));
        return MlflowPage.of(
                request,
                "model_versions",
                all.stream()
                        .filter(model -> filter.holds(of -> value(model, of)))
                        .map(model ->
                                MlflowShapes.version(
                                        model, aliases.getOrDefault(model.name(), Map.of()))),
                VERSIONS_MAX);
    }

    private static Optional<String> value(ModelInfo model, String of) {
        return switch (of) {
            case "name" -> Optional.of(model.name());
            case "version_number" -> Optional.of(model.version());
            case "run_id" -> MlflowShapes.own(model, "run_id");
            case "source_path" -> MlflowShapes.own(model, "source");
            default ->
                    Optional.ofNullable(
                            MlflowShapes.tags(model).get(of.substring("tags.".length())));
        };
    }

    /// What is changed is the description.
    Reply update(Request request) {
        JsonNode body = body(request);
        return shown(
                change(
                        request,
                        body,
                        ModelChange.ofDescription(body.path("description").asString(""))));
    }

    /// What it was trained on is a tag, too.
    Reply setTag(Request request) {
        JsonNode body = body(request);
        String key = text(body, "key");
        String value = text(body, "value");
        if (key.equals(MlflowShapes.TRAINED_ON)) {
            change(request, body, ModelChange.ofTrainedOn(products(value)));
        } else {
            requireFree(key);
            change(request, body, ModelChange.ofTag(key, Optional.of(value)));
        }
        return Reply.json(Map.of());
    }

    Reply deleteTag(Request request) {
        JsonNode body = body(request);
        String key = text(body, "key");
        if (key.equals(MlflowShapes.TRAINED_ON)) {
            change(request, body, ModelChange.ofTrainedOn(List.of()));
        } else {
            requireFree(key);
            change(request, body, ModelChange.ofTag(key, Optional.empty()));
        }
        return Reply.json(Map.of());
    }

    private ModelInfo change(Request request, JsonNode body, ModelChange change) {
        return desk.change(
                request.id(), request.caller(), text(body, "name"), text(body, "version"), change);
    }

    /// Where the model's files are, as whoever registered it has said.
    Reply source(Request request) {
        String name = parameter(request, "name");
        String version = parameter(request, "version");
        return Reply.json(
                Map.of(
                        "artifact_uri",
                        MlflowShapes.own(desk.version(request.caller(), name, version), "source")
                                .orElseThrow(() ->
                                        new Problem(
                                                ProblemCode.NOT_FOUND,
                                                "nobody has said where the files of version "
                                                        + version
                                                        + " of '"
                                                        + name
                                                        + "' are"))));
    }
}
