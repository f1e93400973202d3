package dev.sheaf.node.lineage;

import static dev.sheaf.node.lineage.MlflowShapes.answer;
import static dev.sheaf.node.lineage.MlflowShapes.body;
import static dev.sheaf.node.lineage.MlflowShapes.parameter;
import static dev.sheaf.node.lineage.MlflowShapes.text;

import dev.sheaf.client.ModelInfo;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// MLflow's `registered-models`: all versions of one name, with aliases for some of them.
final class MlflowModels {
    private static final int MODELS_MAX = 1000;
    private static final String ALIAS = "[\\w.-]{1,200}";

    private final ModelDesk desk;
    private final Clock clock;

    MlflowModels(ModelDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /// A name alone is nothing to keep: it is there with its first version.
    Reply create(Request request) {
        JsonNode body = body(request);
        String name = text(body, "name");
        if (desk.all(request.caller()).stream().anyMatch(model -> model.name().equals(name))) {
            throw MlflowForm.exists("there is a model '" + name + "' already");
        }
        ObjectNode model = JsonNodeFactory.instance.objectNode();
        model.put("name", name);
        model.set("tags", body.path("tags").isArray() ? body.path("tags") : model.arrayNode());
        return answer("registered_model", model);
    }

    Reply get(Request request) {
        return answer(
                "registered_model",
                MlflowShapes.model(desk.versions(request.caller(), parameter(request, "name"))));
    }

    /// Tags are those of versions, so that a model itself has none.
    Reply search(Request request) {
        MlflowFilter filter = MlflowFilter.parse(request.query("filter").orElse(""));
        Map<String, List<ModelInfo>> models =
                desk.all(request.caller()).stream()
                        .filter(model ->
                                filter.holds(of ->
                                        of.equals("name")
                                                ? Optional.of(model.name())
                                                : Optional.empty()))
                        .collect(
                                Collectors.groupingBy(
                                        ModelInfo::name, TreeMap::new, Collectors.toList()));
        return MlflowPage.of(
                request,
                "registered_models",
                models.values().stream().map(MlflowShapes::model),
                MODELS_MAX);
    }

    /// There are no stages: the newest version is the latest of stage None. The name stands in the
    /// body or behind the question mark.
    Reply latest(Request request) {
        String name = request.query("name").orElseGet(() -> text(body(request), "name"));
        List<ModelInfo> versions = desk.versions(request.caller(), name);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        list.add(
                MlflowShapes.version(
                        MlflowShapes.newest(versions), MlflowShapes.aliases(versions)));
        return answer("model_versions", list);
    }

    /// A version gets an alias, and whichever had it loses it.
    Reply setAlias(Request request) {
        JsonNode body = body(request);
        String name = text(body, "name");
        String alias = text(body, "alias");
        if (!alias.matches(ALIAS)) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the alias is '"
                            + alias
                            + "': write 1 to 200 letters, digits, dots, dashes and underscores");
        }
        String tag = MlflowShapes.aliasTag(alias);
        ModelInfo holder =
                desk.change(
                        request.id(),
                        request.caller(),
                        name,
                        text(body, "version"),
                        ModelChange.ofTag(tag, Optional.of(clock.instant().toString())));
        for (ModelInfo each : desk.versions(request.caller(), name)) {
            if (each.tags().containsKey(tag)
                    && each.region().equals(holder.region())
                    && !each.version().equals(holder.version())) {
                remove(request, each, tag);
            }
        }
        return Reply.json(Map.of());
    }

    /// No version has it any more.
    Reply deleteAlias(Request request) {
        JsonNode body = body(request);
        String tag = MlflowShapes.aliasTag(text(body, "alias"));
        for (ModelInfo each : desk.versions(request.caller(), text(body, "name"))) {
            if (each.tags().containsKey(tag)) {
                remove(request, each, tag);
            }
        }
        return Reply.json(Map.of());
    }

    private void remove(Request request, ModelInfo holder, String tag) {
        desk.change(
                request.id(),
                request.caller(),
                holder.name(),
                holder.version(),
                ModelChange.ofTag(tag, Optional.empty()));
    }

    Reply byAlias(Request request) {
        String name = parameter(request, "name");
        String alias = parameter(request, "alias");
        Map<String, ModelInfo> aliases =
                MlflowShapes.aliases(desk.versions(request.caller(), name));
        ModelInfo holder = aliases.get(alias);
        if (holder == null) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "no version of the model '" + name + "' has the alias '" + alias + "'");
        }
        return answer("model_version", MlflowShapes.version(holder, aliases));
    }
}
