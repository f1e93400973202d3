package dev.sheaf.bench.context;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.document.Document;
import dev.sheaf.context.schema.SchemaValidator;
import dev.sheaf.context.type.ContextType;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Documents in memory, as a node's worker has them, without its log and store: each event's values
/// are validated and merged. Not safe for threads.
final class SessionDocuments {
    private final Map<String, Document> documents = new HashMap<>(1 << 15);
    private final ActorTable actors;
    private final FieldRule rules;
    private final SchemaValidator validator;
    private long conflicts;
    private long applied;

    SessionDocuments(ContextType type, ActorTable actors) {
        this.actors = actors;
        this.rules = type.fieldRules();
        this.validator = type.validator();
    }

    FieldRule rules() {
        return rules;
    }

    Document of(String id) {
        return documents.computeIfAbsent(id, absent -> new Document());
    }

    /// @throws IllegalStateException when the type does not allow a value of it
    void apply(Event event) {
        List<Op> ops = event.ops();
        for (int index = 0; index < ops.size(); index++) {
            if (!accepts(ops.get(index))) {
                throw new IllegalStateException("not valid: " + event);
            }
        }
        of(event.documentId()).apply(event, rules, actors, conflict -> conflicts++);
        applied++;
    }

    /// As a node does before it merges its own writes.
    private boolean accepts(Op op) {
        return switch (op) {
            case Op.Assign assign -> validator.at(op.path()).accepts(assign.value());
            case Op.Insert insert -> acceptAll(op, insert.values());
            case Op.Include include -> acceptAll(op, include.values());
            case Op.Increment increment -> true;
            case Op.Remove remove -> true;
            case Op.Exclude exclude -> true;
            case Op.Delete delete -> true;
            case Op.Move move -> true;
            case Op.Erase erase -> true;
            case Op.EraseSubject erase -> true;
        };
    }

    private boolean acceptAll(Op op, List<JsonNode> values) {
        for (int index = 0; index < values.size(); index++) {
            if (!validator.at(op.path()).element().accepts(values.get(index))) {
                return false;
            }
        }
        return true;
    }

    long applied() {
        return applied;
    }

    int size() {
        return documents.size();
    }

    /// The documents' digests together; equal where the documents are.
    ///
    /// @throws IllegalStateException when there were conflicts, which one writer cannot have
    long digest() {
        if (conflicts > 0) {
            throw new IllegalStateException(conflicts + " conflicts with one writer");
        }
        long sum = 0;
        for (Map.Entry<String, Document> entry : documents.entrySet()) {
            sum += entry.getValue().digest() * (entry.getKey().hashCode() | 1L);
        }
        return sum;
    }

    /// Drops what is stable when every member has applied this.
    void strip(VersionVector cut) {
        documents.values().forEach(document -> document.strip(cut, cut));
    }

    long metadataBytes() {
        return documents.values().stream().mapToLong(Document::metadataBytes).sum();
    }

    /// Scalars, counters and elements of lists, all documents together.
    long fields() {
        return documents.values().stream()
                .mapToLong(document ->
                        document.view(rules, actors).map(SessionDocuments::fields).orElse(0L))
                .sum();
    }

    private static long fields(JsonNode value) {
        if (!value.isContainer()) {
            return 1;
        }
        long count = 0;
        for (JsonNode inner : value) {
            count += fields(inner);
        }
        return count;
    }

    /// The leaves of each document by path, for [SmallDocuments#digest(TreeMap)].
    ///
    /// @param ids the documents' ids by their numbers
    TreeMap<Integer, TreeMap<String, String>> leaves(Map<Integer, String> ids) {
        TreeMap<Integer, TreeMap<String, String>> all = new TreeMap<>();
        ids.forEach((number, id) -> {
            TreeMap<String, String> leaves = new TreeMap<>();
            of(id).view(rules, actors).ifPresent(shown -> collect("", shown, leaves));
            if (!leaves.isEmpty()) {
                all.put(number, leaves);
            }
        });
        return all;
    }

    private static void collect(String path, JsonNode value, Map<String, String> leaves) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                collect(path + "/" + member.getKey(), member.getValue(), leaves);
            }
        } else if (value.isArray()) {
            for (int index = 0; index < value.size(); index++) {
                collect(path + "/" + index, value.get(index), leaves);
            }
        } else {
            leaves.put(path, value.asString());
        }
    }
}
