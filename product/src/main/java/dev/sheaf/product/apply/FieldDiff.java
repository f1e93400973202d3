package dev.sheaf.product.apply;

import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.DocumentReader;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Parsed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Compares two documents field by field. Entries of a list are matched by their `name`, `property`
/// or `id` where all of them have one, else by position, so that a moved column is no change of
/// every column after it.
final class FieldDiff {
    private static final List<String> LABELS = List.of("name", "property", "id");

    private FieldDiff() {}

    static List<FieldChange> between(Source before, Source after) {
        Map<String, String> old = fields(before);
        Map<String, String> now = fields(after);
        Set<String> paths = new LinkedHashSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<FieldChange> changes = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(old.get(path), now.get(path))) {
                changes.add(
                        new FieldChange(
                                path,
                                Optional.ofNullable(old.get(path)),
                                Optional.ofNullable(now.get(path))));
            }
        }
        return List.copyOf(changes);
    }

    static List<FieldChange> added(Source after) {
        return fields(after).entrySet().stream()
                .map(field ->
                        new FieldChange(
                                field.getKey(), Optional.empty(), Optional.of(field.getValue())))
                .toList();
    }

    private static Map<String, String> fields(Source source) {
        Map<String, String> fields = new LinkedHashMap<>();
        switch (DocumentReader.read(source)) {
            case Parsed.Tree tree -> collect("", tree.root(), fields);
            case Parsed.Broken broken ->
                    throw new IllegalArgumentException(
                            source.name() + ": " + broken.fault().message());
        }
        return fields;
    }

    private static void collect(String path, Node node, Map<String, String> fields) {
        switch (node) {
            case Node.Mapping mapping ->
                    mapping.members()
                            .forEach((key, member) ->
                                    collect(at(path, key), member.value(), fields));
            case Node.Sequence list -> collect(path, list, fields);
            case Node.Text text -> fields.put(path, text.value());
            case Node.Number number -> fields.put(path, number.written());
            case Node.Flag flag -> fields.put(path, Boolean.toString(flag.value()));
            case Node.Nothing ignored -> fields.put(path, "null");
        }
    }

    private static void collect(String path, Node.Sequence list, Map<String, String> fields) {
        Optional<List<String>> labels = labels(list);
        for (int i = 0; i < list.items().size(); i++) {
            String step = labels.isPresent() ? labels.get().get(i) : Integer.toString(i);
            collect(at(path, step), list.items().get(i), fields);
        }
    }

    private static Optional<List<String>> labels(Node.Sequence list) {
        return LABELS.stream()
                .map(label -> list.items().stream().map(item -> label(item, label)).toList())
                .filter(found -> !found.isEmpty() && found.stream().noneMatch(String::isEmpty))
                .filter(found -> Set.copyOf(found).size() == found.size())
                .findFirst();
    }

    private static String label(Node item, String label) {
        return item instanceof Node.Mapping mapping
                        && mapping.get(label).orElse(null) instanceof Node.Text text
                ? text.value()
                : "";
    }

    private static String at(String path, String step) {
        return path.isEmpty() ? step : path + "." + step;
    }
}
