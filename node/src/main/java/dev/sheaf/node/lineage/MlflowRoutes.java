package dev.sheaf.node.lineage;

import dev.sheaf.client.ModelInfo;
import dev.sheaf.client.ModelRequest;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Models in the shapes of MLflow's registry (its REST API, version 2.0), for clients that speak
/// it. Tags say what MLflow has no member for: `sheaf.domain` whose model it is, and
/// `sheaf.trained-on` what it was trained on, products and columns by commas.
final class MlflowRoutes {
    private static final String API = "/api/2.0/mlflow/";
    private static final String DOMAIN = "sheaf.domain";
    private static final String TRAINED_ON = "sheaf.trained-on";
    private static final ByteSize BODY_MAX = ByteSize.ofMebibytes(1);
    private static final Pattern FILTER =
            Pattern.compile("\\s*name\\s*(=|(?i:i?like))\\s*'([^']*)'\\s*");

    private final ModelDesk desk;

    MlflowRoutes(ModelDesk desk) {
        this.desk = desk;
    }

    List<Route> routes() {
        Access read = Access.needs(Scope.CATALOG_READ);
        Access write = Access.needs(Scope.LINEAGE_WRITE);
        return List.of(
                Route.of("POST", API + "registered-models/create", write, this::create),
                Route.of("GET", API + "registered-models/get", read, this::get),
                Route.of("GET", API + "registered-models/search", read, this::search),
                Route.of("POST", API + "model-versions/create", write, this::createVersion),
                Route.of("GET", API + "model-versions/get", read, this::version));
    }

    /// A name alone is nothing to keep: it is there with its first version.
    private Reply create(Request request) {
        JsonNode body = body(request);
        String name = text(body, "name");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode model = answer.putObject("registered_model");
        model.put("name", name);
        model.set("tags", body.path("tags").isArray() ? body.path("tags") : model.arrayNode());
        return Reply.json(answer);
    }

    private Reply createVersion(Request request) {
        JsonNode body = body(request);
        String name = text(body, "name");
        Map<String, String> tags = new LinkedHashMap<>();
        body.path("tags")
                .forEach(tag ->
                        tags.put(tag.path("key").asString(""), tag.path("value").asString("")));
        String trainedOn = Optional.ofNullable(tags.remove(TRAINED_ON)).orElse("");
        String domain =
                Optional.ofNullable(tags.remove(DOMAIN))
                        .or(() -> onlyDomain(request.caller()))
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.INVALID_VALUE,
                                        "the tag "
                                                + DOMAIN
                                                + " is missing, which says whose model it is"));
        for (String member : List.of("source", "run_id")) {
            String value = body.path(member).asString("");
            if (!value.isEmpty()) {
                tags.put("mlflow." + member, value);
            }
        }
        String description = body.path("description").asString("");
        ModelInfo made =
                desk.register(
                        request.id(),
                        request.caller(),
                        new ModelRequest(
                                name,
                                nextVersion(request.caller(), name),
                                domain,
                                description.isEmpty() ? Optional.empty() : Optional.of(description),
                                Arrays.stream(trainedOn.split(","))
                                        .map(String::strip)
                                        .filter(each -> !each.isEmpty())
                                        .toList(),
                                tags));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("model_version", json(made));
        return Reply.json(answer);
    }

    private static Optional<String> onlyDomain(Principal caller) {
        return caller.domains().size() == 1
                ? caller.domains().stream()
                        .filter(each -> !each.equals(Principal.ALL_DOMAINS))
                        .findFirst()
                : Optional.empty();
    }

    /// MLflow counts versions.
    private String nextVersion(Principal caller, String name) {
        long last =
                desk.all(caller).stream()
                        .filter(model -> model.name().equals(name))
                        .map(ModelInfo::version)
                        .filter(version -> version.matches("\\d{1,15}"))
                        .mapToLong(Long::parseLong)
                        .max()
                        .orElse(0);
        return Long.toString(last + 1);
    }

    private Reply get(Request request) {
        String name = parameter(request, "name");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("registered_model", model(name, desk.versions(request.caller(), name)));
        return Reply.json(answer);
    }

    private Reply version(Request request) {
        String name = parameter(request, "name");
        String version = parameter(request, "version");
        ModelInfo found =
                desk.versions(request.caller(), name).stream()
                        .filter(model -> model.version().equals(version))
                        .findFirst()
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.NOT_FOUND,
                                        "the model '"
                                                + name
                                                + "' has no version '"
                                                + version
                                                + "'"));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("model_version", json(found));
        return Reply.json(answer);
    }

    private Reply search(Request request) {
        Pattern wanted = filter(request.query("filter").orElse(""));
        int limit = (int) request.number("max_results", 100, 1, 1000);
        String after = request.query("page_token").orElse("");
        Map<String, List<ModelInfo>> models = new LinkedHashMap<>();
        for (ModelInfo model : desk.all(request.caller())) {
            if (model.name().compareTo(after) > 0 && wanted.matcher(model.name()).matches()) {
                models.computeIfAbsent(model.name(), any -> new ArrayList<>()).add(model);
            }
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("registered_models");
        for (Map.Entry<String, List<ModelInfo>> each : models.entrySet()) {
            if (list.size() == limit) {
                answer.put("next_page_token", list.get(limit - 1).path("name").asString(""));
                break;
            }
            list.add(model(each.getKey(), each.getValue()));
        }
        return Reply.json(answer);
    }

    private static Pattern filter(String text) {
        if (text.isBlank()) {
            return Pattern.compile(".*", Pattern.DOTALL);
        }
        Matcher filter = FILTER.matcher(text);
        if (!filter.matches()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the filter is '" + text + "': write name = 'NAME' or name LIKE 'PART%'");
        }
        boolean isLike = !filter.group(1).equals("=");
        String[] parts = isLike ? filter.group(2).split("%", -1) : new String[] {filter.group(2)};
        return Pattern.compile(
                String.join(".*", Arrays.stream(parts).map(Pattern::quote).toList()),
                Pattern.DOTALL
                        | (filter.group(1).equalsIgnoreCase("ilike")
                                ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE
                                : 0));
    }

    private static ObjectNode model(String name, List<ModelInfo> versions) {
        ObjectNode model = JsonNodeFactory.instance.objectNode();
        model.put("name", name);
        model.put("creation_timestamp", versions.getFirst().registeredAt().toEpochMilli());
        model.put("last_updated_timestamp", versions.getLast().registeredAt().toEpochMilli());
        versions.getLast().description().ifPresent(text -> model.put("description", text));
        ArrayNode latest = model.putArray("latest_versions");
        latest.add(json(versions.getLast()));
        return model;
    }

    private static ObjectNode json(ModelInfo info) {
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
            String value = info.tags().get("mlflow." + member);
            if (value != null) {
                version.put(member, value);
            }
        }
        ArrayNode tags = version.putArray("tags");
        info.tags().forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
        tags.addObject().put("key", DOMAIN).put("value", info.domain());
        tags.addObject().put("key", TRAINED_ON).put("value", String.join(",", info.trainedOn()));
        tags.addObject().put("key", "sheaf.region").put("value", info.region());
        return version;
    }

    private static JsonNode body(Request request) {
        try {
            return Wire.json().readTree(request.wholeBody(BODY_MAX));
        } catch (JacksonException e) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST, "the body is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String text(JsonNode body, String member) {
        if (!body.path(member).isString()) {
            throw new Problem(ProblemCode.BAD_REQUEST, member + " is missing, or is no string");
        }
        return body.path(member).stringValue();
    }

    private static String parameter(Request request, String name) {
        return request.query(name)
                .orElseThrow(() ->
                        new Problem(ProblemCode.BAD_REQUEST, "parameter " + name + " is missing"));
    }
}
