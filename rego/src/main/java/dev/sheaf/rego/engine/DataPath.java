package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// A reference into `data` along which rules, data and what is replaced are looked at together, a
/// key at a time, so that only rules are evaluated to which it leads.
final class DataPath {
    /// A key: known, or a pattern for all keys there are.
    sealed interface Key {
        record Known(Getter getter) implements Key {}

        record Each(Matcher pattern) implements Key {}
    }

    /// Takes what the path leads to.
    interface Receiver {
        /// @return whether enough was found
        boolean take(Frame frame, Value value);
    }

    private final Node root;
    private final Key[] keys;

    /// Whether no rule is where the path begins.
    private final boolean isOfDataOnly;

    DataPath(Node root, List<Key> keys) {
        this.root = root;
        this.keys = keys.toArray(new Key[0]);
        this.isOfDataOnly =
                !keys.isEmpty()
                        && keys.getFirst() instanceof Key.Known(Getter first)
                        && first.constant() instanceof StringValue name
                        && root.child(name.value()) == null;
    }

    /// By known keys.
    private @Nullable Value inData(Frame frame) {
        Value value = frame.context.data();
        for (int i = 0; i < keys.length && value != null; i++) {
            Value key = keys[i] instanceof Key.Known(Getter getter) ? getter.get(frame) : null;
            value = key == null ? null : Documents.selectData(value, key);
        }
        return value;
    }

    boolean run(Frame frame, Receiver receiver) {
        Context context = frame.context;
        return walk(frame, root, context.data(), context.replaced(), 0, receiver);
    }

    private boolean walk(
            Frame frame,
            @Nullable Node node,
            @Nullable Value base,
            @Nullable Replacement replaced,
            int index,
            Receiver receiver) {
        boolean isWhole =
                index == keys.length
                        || replaced != null && replaced.value() != null
                        || node != null && node.isDocument()
                        || node == null && replaced == null;
        if (isWhole) {
            Value value = Materials.document(node, base, replaced, frame.context);
            boolean isData = node == null && replaced == null;
            return value != null && within(frame, value, isData, index, receiver);
        }
        return switch (keys[index]) {
            case Key.Known(Getter getter) -> {
                Value key = getter.get(frame);
                yield key != null
                        && walk(
                                frame,
                                child(node, key),
                                base == null ? null : Documents.selectData(base, key),
                                replaced == null ? null : replaced.at(key),
                                index + 1,
                                receiver);
            }
            case Key.Each(Matcher pattern) -> {
                for (Value key : names(node, base, replaced)) {
                    frame.session.step();
                    if (pattern.match(frame, key)
                            && walk(
                                    frame,
                                    child(node, key),
                                    base == null ? null : Documents.select(base, key),
                                    replaced == null ? null : replaced.at(key),
                                    index + 1,
                                    receiver)) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    private static @Nullable Node child(@Nullable Node node, Value key) {
        return node != null && key instanceof StringValue name ? node.child(name.value()) : null;
    }

    private static Collection<Value> names(
            @Nullable Node node, @Nullable Value base, @Nullable Replacement replaced) {
        if (node != null && base == null && replaced == null) {
            return node.names();
        }
        TreeSet<Value> names = new TreeSet<>();
        if (node != null) {
            node.children().keySet().forEach(name -> names.add(StringValue.of(name)));
        }
        if (base instanceof ObjectValue object) {
            object.forEach((key, value) -> names.add(key));
        }
        if (replaced != null) {
            replaced.below().keySet().forEach(name -> names.add(StringValue.of(name)));
        }
        return names;
    }

    /// The rest of the path leads into a value.
    ///
    /// @param isData whether it is of the data, and not of rules
    private boolean within(Frame frame, Value value, boolean isData, int index, Receiver receiver) {
        if (index == keys.length) {
            return receiver.take(frame, value);
        }
        return switch (keys[index]) {
            case Key.Known(Getter getter) -> {
                Value key = getter.get(frame);
                Value next = key == null ? null : selected(value, key, isData);
                yield next != null && within(frame, next, isData, index + 1, receiver);
            }
            case Key.Each(Matcher pattern) -> {
                Steps.Iterate each =
                        new Steps.Iterate(
                                new Getters.Constant(value),
                                pattern,
                                new Matcher() {
                                    @Override
                                    boolean match(Frame inner, Value next) {
                                        return within(inner, next, isData, index + 1, receiver);
                                    }
                                });
                each.next = new Steps.Found();
                yield each.run(frame);
            }
        };
    }

    private static @Nullable Value selected(Value value, Value key, boolean isData) {
        return isData ? Documents.selectData(value, key) : Documents.select(value, key);
    }

    /// Of known keys only: a term.
    static final class Get extends Getter {
        private final DataPath path;

        Get(DataPath path) {
            this.path = path;
        }

        @Override
        @Nullable Value get(Frame frame) {
            if (path.isOfDataOnly && frame.context.replaced() == null) {
                return path.inData(frame);
            }
            Value[] found = new Value[1];
            path.run(
                    frame,
                    (same, value) -> {
                        found[0] = value;
                        return true;
                    });
            return found[0];
        }
    }

    /// For each way, the value fits a pattern.
    static final class Each extends Step {
        private final DataPath path;
        private final Matcher value;

        Each(DataPath path, Matcher value) {
            this.path = path;
            this.value = value;
        }

        Matcher value() {
            return value;
        }

        @Override
        boolean run(Frame frame) {
            return path.run(frame, (same, found) -> value.match(same, found) && next.run(same));
        }
    }

    /// The rules of one name, to which a constant path leads: the most frequent way into `data`.
    static final class OfRules extends Getter {
        private final Node node;
        private final Get general;

        OfRules(Node node, Get general) {
            this.node = node;
            this.general = general;
        }

        @Override
        @Nullable Value get(Frame frame) {
            Context context = frame.context;
            return context.replaced() == null ? node.group().document(context) : general.get(frame);
        }
    }
}
