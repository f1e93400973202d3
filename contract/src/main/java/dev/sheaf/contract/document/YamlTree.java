package dev.sheaf.contract.document;

import dev.sheaf.contract.Finding;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds the tree of a YAML document from the events of its parser, so that aliases, anchors and
/// doubled keys are judged where they stand.
final class YamlTree {
    private static final String TAG_PREFIX = "tag:yaml.org,2002:";
    private static final String MERGE_KEY = "<<";

    private final Iterator<Event> events;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private final List<Finding> remarks = new ArrayList<>();
    private final TreeSize size = new TreeSize();

    /// @param node null while the anchored part is still being read
    private record Anchored(@Nullable Node node, long nodes) {}

    YamlTree(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(DocumentReader.DEPTH_MAX * 2);
        this.events = new Yaml(options).parse(new StringReader(text)).iterator();
    }

    Parsed read() throws DocumentFault {
        try {
            return document();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String context = e.getContext() == null ? "" : " " + e.getContext();
            throw new DocumentFault(
                    mark == null ? Position.START : position(mark),
                    "syntax",
                    "is not YAML:" + context + (context.isEmpty() ? " " : ", ") + e.getProblem());
        } catch (YAMLException e) {
            throw new DocumentFault(Position.START, "syntax", "is not YAML: " + e.getMessage());
        }
    }

    private Parsed document() throws DocumentFault {
        events.next();
        Event start = events.next();
        if (start.is(Event.ID.StreamEnd)) {
            throw new DocumentFault(Position.START, "empty", "is empty");
        }
        Node root = node(events.next(), 0);
        events.next();
        Event after = events.next();
        if (!after.is(Event.ID.StreamEnd)) {
            throw new DocumentFault(
                    position(after.getStartMark()),
                    "documents",
                    "a second document begins here; a file holds one");
        }
        return new Parsed.Tree(root, remarks);
    }

    private Node node(Event event, int depth) throws DocumentFault {
        Position at = position(event.getStartMark());
        if (depth > DocumentReader.DEPTH_MAX) {
            throw DocumentReader.tooDeep(at);
        }
        return switch (event) {
            case AliasEvent alias -> aliased(alias, at);
            case ScalarEvent scalar -> {
                size.add(1, at);
                Node node = scalar(scalar, at);
                yield remember(scalar.getAnchor(), node, 1);
            }
            case MappingStartEvent mapping -> {
                long before = begin(mapping.getAnchor(), at);
                refuseTag(mapping.getTag(), "map", at);
                Node node = mapping(at, depth);
                yield remember(mapping.getAnchor(), node, size.nodes() - before);
            }
            case SequenceStartEvent sequence -> {
                long before = begin(sequence.getAnchor(), at);
                refuseTag(sequence.getTag(), "seq", at);
                Node node = sequence(at, depth);
                yield remember(sequence.getAnchor(), node, size.nodes() - before);
            }
            default -> throw new IllegalStateException("no node begins with " + event);
        };
    }

    private long begin(@Nullable String anchor, Position at) throws DocumentFault {
        long before = size.nodes();
        size.add(1, at);
        if (anchor != null) {
            anchors.put(anchor, new Anchored(null, 0));
        }
        return before;
    }

    private Node remember(@Nullable String anchor, Node node, long nodes) {
        if (anchor != null) {
            anchors.put(anchor, new Anchored(node, nodes));
        }
        return node;
    }

    private Node aliased(AliasEvent alias, Position at) throws DocumentFault {
        String name = alias.getAnchor();
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            throw new DocumentFault(
                    at, "alias", "*" + Finding.shown(name) + " has no anchor before it");
        }
        if (anchored.node() == null) {
            throw new DocumentFault(
                    at,
                    "alias",
                    "*" + Finding.shown(name) + " stands inside its own anchor: a cycle");
        }
        size.add(anchored.nodes(), at);
        return anchored.node();
    }

    private Node sequence(Position at, int depth) throws DocumentFault {
        List<Node> items = new ArrayList<>();
        for (Event next = events.next(); !next.is(Event.ID.SequenceEnd); next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new Node.Sequence(at, items);
    }

    private Node mapping(Position at, int depth) throws DocumentFault {
        Map<String, Node.Member> members = new LinkedHashMap<>();
        List<Node> merged = new ArrayList<>();
        for (Event next = events.next(); !next.is(Event.ID.MappingEnd); next = events.next()) {
            Position keyAt = position(next.getStartMark());
            boolean plain = next instanceof ScalarEvent scalar && scalar.isPlain();
            String key = key(next, keyAt);
            Node value = node(events.next(), depth + 1);
            if (plain && key.equals(MERGE_KEY)) {
                merged.add(value);
                continue;
            }
            Node.Member first = members.putIfAbsent(key, new Node.Member(keyAt, value));
            if (first != null) {
                throw DocumentReader.duplicate(keyAt, key, first.keyAt());
            }
        }
        for (Node source : merged) {
            merge(source, members);
        }
        return new Node.Mapping(at, members);
    }

    /// What the mapping itself says wins; of several sources the first
    /// (https://yaml.org/type/merge).
    private static void merge(Node source, Map<String, Node.Member> members) throws DocumentFault {
        List<Node> sources = source instanceof Node.Sequence list ? list.items() : List.of(source);
        for (Node each : sources) {
            if (!(each instanceof Node.Mapping mapping)) {
                throw new DocumentFault(
                        each.at(), "merge", "'<<' takes a mapping or a list of mappings");
            }
            mapping.members().forEach(members::putIfAbsent);
        }
    }

    private String key(Event event, Position at) throws DocumentFault {
        size.add(1, at);
        return switch (event) {
            case ScalarEvent scalar -> {
                remember(scalar.getAnchor(), new Node.Text(at, scalar.getValue()), 1);
                yield scalar.getValue();
            }
            case AliasEvent alias when aliased(alias, at) instanceof Node.Text text -> text.value();
            default -> throw new DocumentFault(at, "key", "a key must be text");
        };
    }

    private Node scalar(ScalarEvent event, Position at) throws DocumentFault {
        String text = event.getValue();
        String tag = event.getTag();
        if (tag == null && event.isPlain()) {
            Node node = YamlScalars.resolve(at, text);
            YamlScalars.remark(node, text).ifPresent(remarks::add);
            return node;
        }
        if (tag == null || tag.equals("!") || tag.equals(TAG_PREFIX + "str")) {
            return new Node.Text(at, text);
        }
        Node node = YamlScalars.resolve(at, text);
        boolean fits =
                switch (tag.replace(TAG_PREFIX, "")) {
                    case "timestamp" -> true;
                    case "null" -> node instanceof Node.Nothing;
                    case "bool" -> node instanceof Node.Flag;
                    case "int", "float" -> node instanceof Node.Number;
                    default -> false;
                };
        if (!fits) {
            throw unknownTag(tag, at);
        }
        return tag.endsWith("timestamp") ? new Node.Text(at, text) : node;
    }

    private static void refuseTag(@Nullable String tag, String allowed, Position at)
            throws DocumentFault {
        if (tag != null && !tag.equals("!") && !tag.equals(TAG_PREFIX + allowed)) {
            throw unknownTag(tag, at);
        }
    }

    private static DocumentFault unknownTag(String tag, Position at) {
        return new DocumentFault(
                at,
                "tag",
                "the tag '"
                        + Finding.shown(tag.replace(TAG_PREFIX, "!!"))
                        + "' cannot be applied here; remove it");
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
