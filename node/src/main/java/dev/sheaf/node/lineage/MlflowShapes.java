package dev.sheaf.node.lineage;

import dev.sheaf.client.ModelInfo;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Models as MLflow writes them, and requests as its clients write them. Tags say what MLflow has
/// no member for: `sheaf.domain` whose model it is, `sheaf.trained-on` what it was trained on,
/// products and columns by commas, `sheaf.region` where it was registered.
final class MlflowShapes {
    static final String DOMAIN = "sheaf.domain";
    static final String TRAINED_ON = "sheaf.trained-on";
    static final String REGION = "sheaf.region";

    /// Before the name of what a version has of MLflow's own.
    static final String OWN = "mlflow.";

    private static final String ALIAS = OWN + "alias.";
    private static final ByteSize BODY_MAX = ByteSize.ofMebibytes(1);
    private static final Comparator<ModelInfo> BY_VERSION =
            Comparator.comparingLong(MlflowShapes::number)
                    .thenComparing(ModelInfo::registeredAt)
                    .thenComparing(ModelInfo::version);

    private MlflowShapes() {}

    /// MLflow counts versions; one that is no number comes before all that are.
    static long number(ModelInfo model) {
        return model.version().matches("\\d{1,15}") ? Long.parseLong(model.version()) : 0;
    }

    static ModelInfo newest(List<ModelInfo> versions) {
        return versions.stream().max(BY_VERSION).orElseThrow();
    }

    /// The tag that keeps an alias: its value is the moment from which the version has it.
    static String aliasTag(String alias) {
        return ALIAS + alias;
    }

    /// Which version each alias stands for: of several that have it, the one that got it last.
    static Map<String, ModelInfo> aliases(List<ModelInfo> versions) {
        Map<String, ModelInfo> found = new TreeMap<>();
        for (ModelInfo version : versions) {
            version.tags().keySet().stream()
                    .filter(tag -> tag.startsWith(ALIAS))
                    .forEach(tag ->
                            found.merge(
                                    tag.substring(ALIAS.length()),
                                    version,
                                    (one, other) ->
                                            since(one, tag).compareTo(since(other, tag)) >= 0
                                                    ? one
                                                    : other));
        }
        return found;
    }

    private static String since(ModelInfo version, String tag) {
        return version.tags().getOrDefault(tag, "");
    }

    static ObjectNode model(List<ModelInfo> versions) {
        ModelInfo newest = newest(versions);
        Map<String, ModelInfo> aliases = aliases(versions);
        ObjectNode model = JsonNodeFactory.instance.objectNode();
        model.put("name", newest.name());
        model.put("creation_timestamp", versions.getFirst().registeredAt().toEpochMilli());
        model.put("last_updated_timestamp", versions.getLast().registeredAt().toEpochMilli());
        newest.description().ifPresent(text -> model.put("description", text));
        model.putArray("latest_versions").add(version(newest, aliases));
        ArrayNode list = model.putArray("aliases");
        aliases.forEach((alias, version) ->
                list.addObject().put("alias", alias).put("version", version.version()));
        return model;
    }

    /// @param aliases of the model
    static ObjectNode version(ModelInfo info, Map<String, ModelInfo> aliases) {
        ObjectNode version = JsonNodeFactory.instance.objectNode();
        version.put("name", info.name());
        version.put("version", info.version());
        version.put("creation_timestamp", info.registeredAt().toEpochMilli());
        version.put("last_updated_timestamp", info.registeredAt().toEpochMilli());
        version.put("user_id", info.registeredBy());
        version.put("current_stage", "None");
        version.put("status", "READY");
        info.description().ifPresent(text -> version.put("description", text));
        for (String member : List.of("source", "run_id")) {
            own(info, member).ifPresent(value -> version.put(member, value));
        }
        ArrayNode tags = version.putArray("tags");
        tags(info).forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
        ArrayNode list = version.putArray("aliases");
        aliases.forEach((alias, holder) -> {
            if (holder.equals(info)) {
                list.add(alias);
            }
        });
        return version;
    }

    /// What is kept of MLflow's `source` or `run_id`.
    static Optional<String> own(ModelInfo info, String member) {
        return Optional.ofNullable(info.tags().get(OWN + member));
    }

    /// The tags that a client sees.
    static Map<String, String> tags(ModelInfo info) {
        Map<String, String> tags = new TreeMap<>(info.tags());
        tags.keySet().removeIf(tag -> tag.startsWith(ALIAS));
        tags.put(DOMAIN, info.domain());
        tags.put(TRAINED_ON, String.join(",", info.trainedOn()));
        tags.put(REGION, info.region());
        return tags;
    }

    static Reply answer(String member, JsonNode value) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set(member, value);
        return Reply.json(answer);
    }

    static JsonNode body(Request request) {
        try {
            return Wire.json().readTree(request.wholeBody(BODY_MAX));
        } catch (JacksonException e) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST, "the body is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    static String text(JsonNode body, String member) {
        if (!body.path(member).isString()) {
            throw new Problem(ProblemCode.BAD_REQUEST, member + " is missing, or is no string");
        }
        return body.path(member).stringValue();
    }

    static String parameter(Request request, String name) {
        return request.query(name)
                .orElseThrow(() ->
                        new Problem(ProblemCode.BAD_REQUEST, "parameter " + name + " is missing"));
    }
}
