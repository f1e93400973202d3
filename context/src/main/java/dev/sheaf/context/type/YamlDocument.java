package dev.sheaf.context.type;

import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.JsonValues;

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

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/// Reads one YAML document as JSON, with the line of each part. Plain scalars are read as the core
/// schema of YAML 1.2 has it: `yes`, `on` and dates are text. Built from the parser's events, so
/// that size, depth, doubled keys and aliases are judged before anything is made of them.
final class YamlDocument {
    static final int CHARACTERS_MAX = 1 << 20;
    static final int LINE_CHARACTERS_MAX = 1 << 16;
    static final int DEPTH_MAX = 64;
    static final int VALUES_MAX = 50_000;

    private static final String TAG_PREFIX = "tag:yaml.org,2002:";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Iterator<Event> events;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Anchored> anchors = new HashMap<>();
    private long values;

    /// @param node null while the anchored part is still being read
    private record Anchored(@Nullable JsonNode node, long values) {}

    /// @param lines by JSON pointer, from 1
    record Parsed(JsonNode root, Map<String, Integer> lines) {}

    /// Leaves the depths of the parser; never leaves this package.
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Finding finding;

        Fault(int line, String message) {
            super(message, null, false, false);
            this.finding = new Finding(line, "", message);
        }

        Finding finding() {
            return finding;
        }
    }

    private YamlDocument(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(CHARACTERS_MAX);
        this.events = new Yaml(options).parse(new StringReader(text)).iterator();
    }

    static Parsed parse(String text) throws Fault {
        refuseSize(text);
        try {
            return new YamlDocument(text).document();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            throw new Fault(
                    mark == null ? 1 : mark.getLine() + 1,
                    "is not YAML: " + JsonValues.shown(String.valueOf(e.getProblem())));
        } catch (YAMLException e) {
            throw new Fault(1, "is not YAML: " + JsonValues.shown(String.valueOf(e.getMessage())));
        }
    }

    private static void refuseSize(String text) throws Fault {
        if (text.length() > CHARACTERS_MAX) {
            throw new Fault(
                    1,
                    "has "
                            + text.length()
                            + " characters; "
                            + CHARACTERS_MAX
                            + " are allowed: move parts of the schemas to types of their own");
        }
        int line = 1;
        int start = 0;
        for (int index = 0; index <= text.length(); index++) {
            if (index == text.length() || text.charAt(index) == '\n') {
                if (index - start > LINE_CHARACTERS_MAX) {
                    throw new Fault(
                            line,
                            "the line has "
                                    + (index - start)
                                    + " characters; "
                                    + LINE_CHARACTERS_MAX
                                    + " are allowed: break it");
                }
                line++;
                start = index + 1;
            }
        }
    }

    private Parsed document() throws Fault {
        events.next();
        Event start = events.next();
        if (start.is(Event.ID.StreamEnd)) {
            throw new Fault(1, "is empty; it must declare a context type");
        }
        JsonNode root = node(events.next(), "", 0);
        events.next();
        Event after = events.next();
        if (!after.is(Event.ID.StreamEnd)) {
            throw new Fault(line(after), "a second document begins here; a file holds one type");
        }
        return new Parsed(root, lines);
    }

    private JsonNode node(Event event, String pointer, int depth) throws Fault {
        int line = line(event);
        lines.putIfAbsent(pointer, line);
        if (depth > DEPTH_MAX) {
            throw new Fault(line, "is nested more than " + DEPTH_MAX + " levels deep");
        }
        long before = values;
        return switch (event) {
            case AliasEvent alias -> aliased(alias, line);
            case ScalarEvent scalar -> {
                count(1, line);
                yield anchored(scalar.getAnchor(), scalar(scalar, line), before);
            }
            case MappingStartEvent mapping -> {
                begin(mapping.getAnchor(), line);
                refuseTag(mapping.getTag(), "map", line);
                yield anchored(mapping.getAnchor(), mapping(pointer, depth), before);
            }
            case SequenceStartEvent sequence -> {
                begin(sequence.getAnchor(), line);
                refuseTag(sequence.getTag(), "seq", line);
                yield anchored(sequence.getAnchor(), sequence(pointer, depth), before);
            }
            default -> throw new Fault(line, "is not YAML that a declaration can hold");
        };
    }

    private void count(long more, int line) throws Fault {
        values += more;
        if (values > VALUES_MAX) {
            throw new Fault(line, "holds more than " + VALUES_MAX + " values, aliases written out");
        }
    }

    private void begin(@Nullable String anchor, int line) throws Fault {
        count(1, line);
        if (anchor != null) {
            anchors.put(anchor, new Anchored(null, 0));
        }
    }

    private JsonNode anchored(@Nullable String anchor, JsonNode node, long before) {
        if (anchor != null) {
            anchors.put(anchor, new Anchored(node, values - before));
        }
        return node;
    }

    /// A copy, so that no part of a declaration is another one.
    private JsonNode aliased(AliasEvent alias, int line) throws Fault {
        Anchored anchored = anchors.get(alias.getAnchor());
        if (anchored == null || anchored.node() == null) {
            throw new Fault(
                    line,
                    "*"
                            + JsonValues.shown(alias.getAnchor())
                            + (anchored == null
                                    ? " has no anchor before it"
                                    : " stands inside its own anchor: a cycle"));
        }
        count(anchored.values(), line);
        return anchored.node().deepCopy();
    }

    private JsonNode sequence(String pointer, int depth) throws Fault {
        ArrayNode array = NODES.arrayNode();
        for (Event next = events.next(); !next.is(Event.ID.SequenceEnd); next = events.next()) {
            String at = JsonPointers.append(pointer, Integer.toString(array.size()));
            array.add(node(next, at, depth + 1));
        }
        return array;
    }

    private JsonNode mapping(String pointer, int depth) throws Fault {
        ObjectNode object = NODES.objectNode();
        for (Event next = events.next(); !next.is(Event.ID.MappingEnd); next = events.next()) {
            int line = line(next);
            if (!(next instanceof ScalarEvent key)) {
                throw new Fault(line, "a key must be text");
            }
            String name = key.getValue();
            count(1, line);
            if (key.isPlain() && name.equals("<<")) {
                throw new Fault(line, "'<<' is not supported; write the keys out");
            }
            String at = JsonPointers.append(pointer, name);
            if (object.has(name)) {
                throw new Fault(
                        line,
                        "'"
                                + JsonValues.shown(name)
                                + "' stands here a second time (first on line "
                                + lines.getOrDefault(at, line)
                                + "); keep one of the two");
            }
            lines.put(at, line);
            object.set(name, node(events.next(), at, depth + 1));
        }
        return object;
    }

    private static JsonNode scalar(ScalarEvent event, int line) throws Fault {
        String tag = event.getTag();
        String text = event.getValue();
        if (tag == null && event.isPlain()) {
            return YamlScalar.resolve(text);
        }
        if (tag == null || tag.equals("!") || tag.equals(TAG_PREFIX + "str")) {
            return NODES.stringNode(text);
        }
        throw unknownTag(tag, line);
    }

    private static void refuseTag(@Nullable String tag, String allowed, int line) throws Fault {
        if (tag != null && !tag.equals("!") && !tag.equals(TAG_PREFIX + allowed)) {
            throw unknownTag(tag, line);
        }
    }

    private static Fault unknownTag(String tag, int line) {
        return new Fault(
                line,
                "the tag '"
                        + JsonValues.shown(tag.replace(TAG_PREFIX, "!!"))
                        + "' cannot be applied here; remove it");
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }
}
