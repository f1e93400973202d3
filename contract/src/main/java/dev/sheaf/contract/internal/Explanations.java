package dev.sheaf.contract.internal;

import com.networknt.schema.Error;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Finding.Severity;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Pointers;
import dev.sheaf.kernel.NearestName;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Words for the errors of a schema: what is there, what is allowed, what to do.
final class Explanations {
    private final SchemaVersion version;
    private final Set<String> fields;
    private final Node root;

    Explanations(SchemaVersion version, Set<String> fields, Node root) {
        this.version = version;
        this.fields = fields;
        this.root = root;
    }

    String of(Error error, String pointer) {
        Optional<Node> value = Pointers.find(root, pointer);
        return switch (error.getKeyword()) {
            case "required" -> required(error);
            case "type" -> type(value, allowedTypes(List.of(error)));
            case "enum" -> enumeration(value, error.getSchemaNode(), pointer);
            case "const" ->
                    shown(value) + " is not allowed; allowed: " + list(error.getSchemaNode());
            case "pattern" ->
                    shown(value)
                            + " does not match "
                            + list(error.getSchemaNode())
                            + ", as it must";
            case "not" -> forbidden(error);
            default -> shown(value) + " " + error.getMessage();
        };
    }

    private String required(Error error) {
        return "'"
                + error.getProperty()
                + "' is missing; add it (required here: "
                + list(error.getSchemaNode())
                + ")";
    }

    private static String forbidden(Error error) {
        JsonNode required = error.getSchemaNode().path("required");
        return required.isArray()
                ? list(required) + " is not allowed here; remove it"
                : "is of a form that is not allowed: " + error.getMessage();
    }

    private String type(Optional<Node> value, String allowed) {
        String found =
                value.map(node ->
                                switch (node) {
                                    case Node.Nothing ignored -> "is null";
                                    case Node.Mapping ignored -> "is a mapping";
                                    case Node.Sequence ignored -> "is a list";
                                    case Node.Text ignored -> shown(value) + " is text";
                                    case Node.Number ignored -> shown(value) + " is a number";
                                    case Node.Flag ignored -> shown(value) + " is a boolean";
                                })
                        .orElse("is missing");
        return found + " where " + allowed + " is allowed" + typeHint(value, allowed);
    }

    private static String typeHint(Optional<Node> value, String allowed) {
        return value.map(node ->
                        switch (node) {
                            case Node.Nothing ignored -> "; write a value or remove the key";
                            case Node.Number ignored when allowed.contains("string") ->
                                    "; put it in quotes";
                            case Node.Flag ignored when allowed.contains("string") ->
                                    "; put it in quotes";
                            case Node.Text ignored when allowed.contains("boolean") ->
                                    "; write true or false without quotes";
                            case Node.Text ignored
                                    when allowed.contains("integer")
                                            || allowed.contains("number") ->
                                    "; write the number without quotes";
                            default -> "";
                        })
                .orElse("");
    }

    private String enumeration(Optional<Node> value, JsonNode allowed, String pointer) {
        String written = value.flatMap(Fields::scalar).orElse("");
        List<String> values = values(allowed);
        String later = pointer.endsWith("/logicalType") ? laterType(written) : "";
        String hint =
                later.isEmpty()
                        ? NearestName.of(written, values)
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse("")
                        : later;
        return shown(value) + " is not allowed; allowed: " + String.join(", ", values) + hint;
    }

    private String laterType(String written) {
        String since =
                switch (written) {
                    case "timestamp", "time" -> "v3.1.0";
                    case "map", "vector" -> "v3.2.0";
                    default -> "";
                };
        return since.isEmpty()
                ? ""
                : "; it came with "
                        + since
                        + ", this document declares "
                        + version.written()
                        + ": raise its apiVersion"
                        + (since.equals("v3.1.0") ? ", or write 'date' with a format" : "");
    }

    String unknownField(String field) {
        return "'"
                + Finding.shown(field)
                + "' is no field of "
                + version.standard()
                + " "
                + version.written()
                + " here"
                + Optional.of(field)
                        .filter(written -> !fields.contains(written))
                        .flatMap(written -> NearestName.of(written, fields))
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; remove it, or keep it under customProperties");
    }

    /// One finding for all branches of an alternative: if one branch fits the value's type, what is
    /// wrong with that one; else what the branches would take.
    Finding alternative(List<Error> errors) {
        List<Error> branches = errors.stream().filter(error -> branch(error) != null).toList();
        Error first = errors.getFirst();
        String at = outermost(errors);
        if (branches.isEmpty()) {
            return finding(at, first.getKeyword(), ofOverlap(first, at));
        }
        Map<String, List<Error>> byBranch = new LinkedHashMap<>();
        branches.forEach(error ->
                byBranch.computeIfAbsent(branchOf(error), key -> new ArrayList<>()).add(error));
        List<List<Error>> fitting =
                byBranch.values().stream()
                        .filter(list -> list.stream().noneMatch(error -> isTypeAt(error, at)))
                        .sorted(Comparator.comparingInt(List::size))
                        .toList();
        if (fitting.isEmpty()) {
            Optional<Node> value = Pointers.find(root, at);
            return finding(at, "type", type(value, allowedTypes(branches)));
        }
        Set<String> missing = new LinkedHashSet<>();
        fitting.forEach(list -> list.forEach(error -> onlyRequired(error, at, missing)));
        if (fitting.size() > 1 && fitting.stream().allMatch(list -> requiredOnly(list, at))) {
            return finding(at, "required", "needs one of " + String.join(", ", missing));
        }
        Error deepest =
                fitting.stream()
                        .flatMap(List::stream)
                        .max(
                                Comparator.comparingInt(
                                        error -> SchemaFindings.pointer(error).length()))
                        .orElse(first);
        String pointer = SchemaFindings.pointer(deepest);
        return finding(pointer, deepest.getKeyword(), of(deepest, pointer));
    }

    private String ofOverlap(Error error, String at) {
        return shown(Pointers.find(root, at)) + " " + error.getMessage();
    }

    private Finding finding(String pointer, String keyword, String message) {
        return new Finding(
                Severity.ERROR,
                Pointers.find(root, pointer)
                        .map(Node::at)
                        .orElseGet(() -> Pointers.locate(root, pointer)),
                pointer,
                keyword,
                message);
    }

    private static void onlyRequired(Error error, String at, Set<String> missing) {
        if (error.getKeyword().equals("required") && SchemaFindings.pointer(error).equals(at)) {
            missing.add(String.valueOf(error.getProperty()));
        }
    }

    private static boolean requiredOnly(List<Error> branch, String at) {
        return branch.stream()
                .allMatch(error ->
                        error.getKeyword().equals("required")
                                && SchemaFindings.pointer(error).equals(at));
    }

    private static boolean isTypeAt(Error error, String at) {
        return error.getKeyword().equals("type") && SchemaFindings.pointer(error).equals(at);
    }

    private static String outermost(List<Error> errors) {
        return errors.stream()
                .map(SchemaFindings::pointer)
                .min(Comparator.comparingInt(String::length))
                .orElse("");
    }

    private static @Nullable String branch(Error error) {
        String name = branchOf(error);
        return name.isEmpty() ? null : name;
    }

    /// The number of the branch, or nothing for the report of the alternative itself.
    private static String branchOf(Error error) {
        String path = error.getEvaluationPath().toString();
        int one = path.indexOf("/oneOf/");
        int any = path.indexOf("/anyOf/");
        int start = one < 0 ? any : any < 0 ? one : Math.min(one, any);
        if (start < 0) {
            return "";
        }
        String rest = path.substring(start + "/oneOf/".length());
        int end = rest.indexOf('/');
        return end < 0 ? rest : rest.substring(0, end);
    }

    private static String allowedTypes(List<Error> errors) {
        return errors.stream()
                .filter(error -> error.getKeyword().equals("type"))
                .flatMap(error -> values(error.getSchemaNode()).stream())
                .map(name ->
                        name.equals("object")
                                ? "a mapping"
                                : name.equals("array") ? "a list" : name)
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private static List<String> values(JsonNode node) {
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false).map(Explanations::word).toList()
                : List.of(word(node));
    }

    private static String word(JsonNode node) {
        return node.isString() ? node.stringValue() : node.toString();
    }

    private static String list(JsonNode node) {
        return String.join(", ", values(node));
    }

    private static String shown(Optional<Node> value) {
        return value.flatMap(Fields::scalar)
                .map(text -> "'" + Finding.shown(text) + "'")
                .orElse("the value");
    }
}
