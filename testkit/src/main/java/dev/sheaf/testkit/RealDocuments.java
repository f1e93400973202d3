package dev.sheaf.testkit;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Classification;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.document.ConflictSink;
import dev.sheaf.context.document.Document;
import dev.sheaf.context.document.DocumentCodec;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.context.patch.PatchResolver;
import dev.sheaf.context.patch.Resolution;
import dev.sheaf.kernel.Problem;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// The context engine's own documents, written by random patches: all kinds of fields, erasure,
/// stripping. Nothing in them is hidden from anybody; redaction has its own tests.
final class RealDocuments implements SimDocuments {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final FieldRule RULES =
            rule(
                    FieldKind.STRUCTURE,
                    Map.of(
                            "count", rule(FieldKind.COUNTER, Map.of()),
                            "tags", rule(FieldKind.SET, Map.of()),
                            "turns", rule(FieldKind.CONVERSATION, Map.of()),
                            "items", rule(FieldKind.LIST, Map.of()),
                            "body", rule(FieldKind.TEXT, Map.of()),
                            "whole", rule(FieldKind.REGISTER, Map.of())));
    private static final int VALUES = 100;

    private final ActorTable actors;
    private final Map<String, Document> documents = new HashMap<>();
    private final Set<String> unstripped = new HashSet<>();

    RealDocuments(ActorTable actors) {
        this.actors = actors;
    }

    private static FieldRule rule(FieldKind kind, Map<String, FieldRule> members) {
        return new FieldRule(kind, FieldRule.LAST_WRITER_WINS, Classification.INTERNAL, members);
    }

    private Document document(String id) {
        return documents.computeIfAbsent(id, name -> new Document());
    }

    @Override
    public void apply(Event event) {
        unstripped.add(event.documentId());
        document(event.documentId()).apply(event, RULES, actors, ConflictSink.IGNORE);
    }

    @Override
    public void strip(VersionVector cut, VersionVector agreed) {
        for (String id : List.copyOf(unstripped)) {
            Document document = document(id);
            document.strip(cut, agreed);
            if (document.isBlank()) {
                documents.remove(id);
                unstripped.remove(id);
            }
        }
    }

    @Override
    public long digest(boolean withSecret) {
        long digest = 0;
        for (Map.Entry<String, Document> entry : documents.entrySet()) {
            digest += entry.getValue().digest() * (entry.getKey().hashCode() | 1L);
        }
        return digest;
    }

    @Override
    public SimDocuments copy(boolean redacted) {
        RealDocuments copy = new RealDocuments(actors);
        documents.forEach((id, document) -> {
            byte[] bytes = DocumentCodec.encode(document, actor -> actor);
            copy.documents.put(id, DocumentCodec.decode(bytes, actors, actor -> actor));
        });
        copy.unstripped.addAll(copy.documents.keySet());
        return copy;
    }

    @Override
    public Resolution randomOps(
            SplittableRandom random, String documentId, int actor, long sequence, boolean secrets) {
        if (random.nextInt(40) == 0) {
            return new Resolution(List.of(new Op.Erase()), 1);
        }
        Document document = document(documentId);
        for (int attempt = 0; attempt < 4; attempt++) {
            try {
                Resolution resolution =
                        new PatchResolver(document, RULES, actors, actor, sequence)
                                .resolve(patch(random, document.exists()));
                if (!resolution.ops().isEmpty()) {
                    return resolution;
                }
            } catch (Problem refused) {
                // Not every random patch fits the document; the next one may.
                continue;
            }
        }
        return new Resolution(List.of(), 1);
    }

    private static List<PatchOperation> patch(SplittableRandom random, boolean exists) {
        if (!exists) {
            return List.of(operation("add", "", whole(random)));
        }
        List<PatchOperation> patch = new ArrayList<>();
        do {
            patch.add(one(random));
        } while (random.nextInt(3) == 0);
        return patch;
    }

    private static JsonNode whole(SplittableRandom random) {
        ObjectNode object = JSON.objectNode();
        object.put("title", "title " + random.nextInt(VALUES));
        object.putArray("items").add(random.nextInt(VALUES)).add(random.nextInt(VALUES));
        object.putArray("turns");
        object.putArray("tags");
        object.put("body", "text " + random.nextInt(VALUES));
        object.put("count", random.nextInt(3));
        return object;
    }

    private static PatchOperation one(SplittableRandom random) {
        int index = random.nextInt(3);
        JsonNode value = JSON.numberNode(random.nextInt(VALUES));
        return switch (random.nextInt(16)) {
            case 0, 1 -> operation("replace", "/title", value);
            case 2 -> operation("add", "/map/" + (char) ('a' + index), value);
            case 3 -> operation("remove", "/map/" + (char) ('a' + index), value);
            case 4 -> operation("increment", "/count", value);
            case 5, 6 -> operation("add", "/items/" + index, value);
            case 7 -> operation("remove", "/items/" + index, value);
            case 8 ->
                    new PatchOperation(
                            PatchOperation.Kind.MOVE,
                            "/items/" + index,
                            Optional.of("/items/" + random.nextInt(3)),
                            Optional.empty());
            case 9 -> operation("append", "/turns", turn(random));
            case 10 -> operation("append", "/body", JSON.stringNode(" x" + random.nextInt(9)));
            case 11 -> operation("add", "/tags/-", JSON.stringNode("tag" + index));
            case 12 -> operation("remove", "/tags/0", value);
            case 13 -> operation("add", "/items", JSON.arrayNode().add(value));
            case 14 -> operation("add", "/map", JSON.objectNode().set("a", value));
            default -> operation("add", "/whole", JSON.objectNode().set("x", value));
        };
    }

    private static JsonNode turn(SplittableRandom random) {
        return JSON.objectNode()
                .put("role", "user")
                .put("content", "turn " + random.nextInt(VALUES));
    }

    private static PatchOperation operation(String kind, String path, JsonNode value) {
        return new PatchOperation(
                PatchOperation.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                path,
                Optional.empty(),
                kind.equals("remove") ? Optional.empty() : Optional.of(value));
    }

    /// What names list elements by the dots of events that are no more is written again as a plain
    /// note that it was lost: the translation of dots is the runtime's.
    @Override
    public List<Op> again(Event event) {
        boolean isPlain = event.width() == 1;
        for (Op op : event.ops()) {
            isPlain &=
                    op.path().stream().allMatch(Step.Key.class::isInstance)
                            && !(op instanceof Op.Insert)
                            && !(op instanceof Op.Delete)
                            && !(op instanceof Op.Move);
        }
        return isPlain
                ? event.ops()
                : List.of(
                        new Op.Assign(
                                List.of(new Step.Key("again")),
                                JSON.stringNode(event.eventId()),
                                0));
    }

    @Override
    public void keepBeside(SimDocuments other) {
        throw new UnsupportedOperationException("only small documents have this fault");
    }

    @Override
    public Event redacted(Event event) {
        return event;
    }

    @Override
    public boolean showsSecret(Event event) {
        return false;
    }

    /// Not told: what comes back makes the documents differ.
    @Override
    public List<Long> visible(String documentId) {
        return List.of();
    }
}
