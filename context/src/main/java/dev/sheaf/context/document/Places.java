package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.FieldRule;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/// What a place holds: nothing (null), a stable scalar (a [JsonNode]) or a [Node].
final class Places {
    private Places() {}

    static boolean exists(@Nullable Object content) {
        return content instanceof Node node ? node.exists() : content != null;
    }

    static @Nullable JsonNode show(@Nullable Object content, FieldRule rule, ActorTable actors) {
        if (content instanceof Node node) {
            return node.show(rule, actors);
        }
        return content == RedactedValue.INSTANCE ? null : (JsonNode) content;
    }

    static long digest(@Nullable Object content) {
        return switch (content) {
            case null -> 0;
            case Node node -> node.digest();
            case Object value -> Digest.register((JsonNode) value);
        };
    }

    static @Nullable Object strip(@Nullable Object content, Cuts cuts) {
        return content instanceof Node node ? node.strip(cuts) : content;
    }

    static @Nullable Object clear(@Nullable Object content, Merge merge) {
        return content instanceof Node node ? merge.own(node).clear(merge) : null;
    }

    static long unseen(@Nullable Object content, Merge merge) {
        return content instanceof Node node ? node.unseen(merge) : Container.NONE;
    }

    static boolean hasDot(@Nullable Object content, long dot) {
        return content instanceof Node node
                ? node.hasDot(dot)
                : content != null && dot == Dot.STABLE;
    }

    static long weightBytes(@Nullable Object content) {
        return switch (content) {
            case null -> 0;
            case Node node -> node.weightBytes();
            case Object value -> Weight.of((JsonNode) value);
        };
    }

    static long metadataBytes(@Nullable Object content) {
        return content instanceof Node node ? node.metadataBytes() : 0;
    }

    static @Nullable MapNode map(@Nullable Object content) {
        return content instanceof MapNode map ? map : mixed(content).map;
    }

    static @Nullable ListNode list(@Nullable Object content) {
        return content instanceof ListNode list ? list : mixed(content).list;
    }

    static @Nullable SetNode set(@Nullable Object content) {
        return content instanceof SetNode set ? set : mixed(content).set;
    }

    static @Nullable TextNode text(@Nullable Object content) {
        return content instanceof TextNode text ? text : mixed(content).text;
    }

    static @Nullable CounterNode counter(@Nullable Object content) {
        return content instanceof CounterNode counter ? counter : mixed(content).counter;
    }

    /// The values of the place's register, none when it has none.
    static List<Register> registers(@Nullable Object content) {
        return switch (content) {
            case null -> List.of();
            case Register register -> List.of(register);
            case Siblings siblings -> siblings.registers;
            case Mixed mixed -> registers(mixed.values);
            case JsonNode value -> List.of(new Register(value, Dot.STABLE, 0));
            case Object other -> List.of();
        };
    }

    private static Mixed mixed(@Nullable Object content) {
        return content instanceof Mixed mixed ? mixed : Mixed.NOTHING;
    }

    /// The content with this part in it, in place of its part of the same kind.
    static Object with(@Nullable Object content, Node part) {
        if (content == null || content.getClass() == part.getClass()) {
            return part;
        }
        boolean registers = isValues(content) && isValues(part);
        return registers ? part : Mixed.of(content).put(part);
    }

    static boolean isValues(@Nullable Object content) {
        return content instanceof JsonNode
                || content instanceof Register
                || content instanceof Siblings;
    }

    /// The content with one more value in its register; an older one of the same dot is replaced.
    static Object withValue(@Nullable Object content, JsonNode value, long dot, long hlc) {
        if (content == null) {
            return new Register(value, dot, hlc);
        }
        List<Register> registers = new ArrayList<>(registers(content));
        registers.removeIf(register -> register.dot == dot);
        registers.add(new Register(value, dot, hlc));
        return withValues(content, registers);
    }

    /// The content with these values in its register.
    static Object withValues(@Nullable Object content, List<Register> registers) {
        Object values = Siblings.of(registers);
        if (values == null) {
            throw new IllegalArgumentException("no values");
        }
        return content == null || isValues(content) ? values : Mixed.of(content).put((Node) values);
    }
}
