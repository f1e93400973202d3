package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Reads the first document of a YAML text as JSON: keys become texts, tags of programming
/// languages mean nothing, nothing is constructed but values.
///
/// Source: YAML 1.1; what OPA's libraries make of it.
final class YamlReading {
    /// Aliases can make a small text a huge value; so many values are made at most.
    private static final int VALUES_MAX = 1_000_000;

    private static final int DEPTH_MAX = 500;
    private static final int CODE_POINTS_MAX = 64 << 20;

    /// A scalar without quotes and without a tag.
    private static final Tag PLAIN = new Tag("tag:sheaf:plain");

    private final Surroundings world;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int count;

    private YamlReading(Surroundings world) {
        this.world = world;
    }

    /// @throws BuiltinFault when it is no YAML, or nothing that JSON has
    static Value read(String yaml, Surroundings world) {
        world.work(1 + yaml.length() / 8);
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setCodePointLimit(CODE_POINTS_MAX);
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        // Tags are read, and nothing is made of them.
        options.setTagInspector(tag -> true);
        try {
            Composer composer =
                    new Composer(
                            new ParserImpl(new StreamReader(yaml), options),
                            new PlainResolver(),
                            options);
            return composer.checkNode()
                    ? new YamlReading(world).value(composer.getNode())
                    : NullValue.NULL;
        } catch (YAMLException e) {
            throw BuiltinFault.of("yaml: " + e.getMessage());
        }
    }

    /// Leaves it to [YamlScalar] what scalars mean.
    private static final class PlainResolver extends Resolver {
        @Override
        public Tag resolve(NodeId kind, String value, boolean isImplicit) {
            return kind == NodeId.scalar && isImplicit
                    ? PLAIN
                    : super.resolve(kind, value, isImplicit);
        }
    }

    private Value value(Node node) {
        world.work(1);
        if (++count > VALUES_MAX) {
            throw BuiltinFault.of("yaml: document contains excessive aliasing");
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (!open.add(node)) {
            throw BuiltinFault.of("yaml: anchor '%s' value contains itself", node.getAnchor());
        }
        Value value;
        if (node instanceof SequenceNode sequence) {
            List<Value> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(value(item)));
            value = ArrayValue.of(items);
        } else {
            ObjectValue.Builder object = new ObjectValue.Builder();
            fill(object, (MappingNode) node);
            value = object.build();
        }
        open.remove(node);
        return value;
    }

    /// What is merged in with `<<` does not replace what is there.
    private void fill(ObjectValue.Builder object, MappingNode mapping) {
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (isMergeKey(tuple.getKeyNode())) {
                merged.add(tuple.getValueNode());
            } else {
                object.put(key(tuple.getKeyNode()), value(tuple.getValueNode()));
            }
        }
        for (Node node : merged) {
            if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(item -> merge(object, item));
            } else {
                merge(object, node);
            }
        }
    }

    private static boolean isMergeKey(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getValue().equals("<<")
                && (scalar.getTag().equals(PLAIN) || scalar.getTag().equals(Tag.MERGE));
    }

    private void merge(ObjectValue.Builder object, Node node) {
        if (!(node instanceof MappingNode)) {
            throw BuiltinFault.of("yaml: map merge requires map or sequence of maps as the value");
        }
        ObjectValue fields = (ObjectValue) value(node);
        fields.forEach((key, field) -> {
            if (object.get(key) == null) {
                object.put(key, field);
            }
        });
    }

    private StringValue key(Node node) {
        Value key = value(node);
        if (key instanceof StringValue string) {
            return string;
        }
        if (key instanceof BooleanValue) {
            return StringValue.of(key.toString());
        }
        if (key instanceof NumberValue number) {
            return StringValue.of(YamlWriting.number(number));
        }
        throw BuiltinFault.of("unsupported map key of type: %s", key.typeName());
    }

    private static Value scalar(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(PLAIN)) {
            return YamlScalar.value(text);
        }
        if (tag.equals(Tag.BINARY)) {
            return StringValue.of(Utf8.text(Base64Text.standard(text)));
        }
        boolean isOther =
                tag.equals(Tag.INT)
                        || tag.equals(Tag.FLOAT)
                        || tag.equals(Tag.BOOL)
                        || tag.equals(Tag.NULL);
        if (!isOther) {
            return StringValue.of(text);
        }
        Value value = YamlScalar.value(text);
        boolean isAsTagged =
                switch (value.typeName()) {
                    case "number" -> tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
                    case "boolean" -> tag.equals(Tag.BOOL);
                    case "null" -> tag.equals(Tag.NULL);
                    default -> false;
                };
        if (!isAsTagged) {
            throw BuiltinFault.of(
                    "yaml: cannot decode !!str `%s` as a %s",
                    text, tag.getValue().replace(Tag.PREFIX, "!!"));
        }
        return value;
    }
}
