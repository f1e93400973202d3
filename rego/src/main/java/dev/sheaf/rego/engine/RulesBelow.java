package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// For each rule of one name in the packages below another: `data.rules[_].deny`. Which those are
/// is known beforehand, as long as neither data nor `with` has put something beside them.
final class RulesBelow extends Step {
    private final StringValue[] prefix;
    private final Matcher key;
    private final Child[] children;
    private final DataPath.Each general;

    /// @param rule that the path leads to from there
    private record Child(Value name, Node rule) {}

    private RulesBelow(
            List<StringValue> prefix, Matcher key, List<Child> children, DataPath.Each general) {
        this.prefix = prefix.toArray(new StringValue[0]);
        this.key = key;
        this.children = children.toArray(new Child[0]);
        this.general = general;
        general.next =
                new Step() {
                    @Override
                    boolean run(Frame frame) {
                        return RulesBelow.this.next.run(frame);
                    }
                };
    }

    /// @param keys the path's, in their compiled form
    /// @param general does the same for any path
    /// @return `general` where it is not known beforehand
    static Step of(Node root, List<Term> path, List<DataPath.Key> keys, DataPath.Each general) {
        List<StringValue> prefix = new ArrayList<>();
        Node node = root;
        while (node != null
                && !node.isDocument()
                && prefix.size() < path.size()
                && path.get(prefix.size()) instanceof Term.Scalar(StringValue name, Location at)) {
            prefix.add(name);
            node = node.child(name.value());
        }
        int place = prefix.size();
        if (node == null
                || node.isDocument()
                || place == path.size()
                || !(keys.get(place) instanceof DataPath.Key.Each(Matcher key))) {
            return general;
        }
        List<Child> children = new ArrayList<>();
        for (Map.Entry<String, Node> child : node.children().entrySet()) {
            Node rule = child.getValue();
            for (Term part : path.subList(place + 1, path.size())) {
                if (rule != null && rule.isDocument()
                        || !(part instanceof Term.Scalar(StringValue name, Location at))) {
                    return general;
                }
                rule = rule == null ? null : rule.child(name.value());
            }
            if (rule != null) {
                if (!rule.isDocument() || !rule.children().isEmpty()) {
                    return general;
                }
                children.add(new Child(StringValue.of(child.getKey()), rule));
            }
        }
        return new RulesBelow(prefix, key, children, general);
    }

    @Override
    boolean run(Frame frame) {
        if (isGeneral(frame)) {
            return general.run(frame);
        }
        for (int i = 0; i < children.length; i++) {
            frame.session.step();
            if (key.match(frame, children[i].name)) {
                Value value = document(i, frame);
                if (value != null && general.value().match(frame, value) && next.run(frame)) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean isGeneral(Frame frame) {
        return frame.context.replaced() != null || hasData(frame.context.data());
    }

    int count() {
        return children.length;
    }

    Value name(int place) {
        return children[place].name;
    }

    @Nullable Value document(int place, Frame frame) {
        return children[place].rule.group().document(frame.context);
    }

    @Override
    void weave(Weaving weaving, Label fail) {
        Label known = weaving.label();
        weaving.constant(this);
        weaving.frame();
        weaving.callOn(RulesBelow.class, "isGeneral", Weaving.BOOLEAN, Weaving.FRAME);
        weaving.code().ifeq(known);
        general.weave(weaving, fail);
        weaving.code().labelBinding(known);
        weaving.constant(this);
        weaving.callOn(RulesBelow.class, "count", Weaving.INT);
        weaving.each(
                fail,
                (place, other) -> {
                    weaving.step();
                    weaving.constant(this);
                    weaving.code().iload(place);
                    weaving.callOn(RulesBelow.class, "name", Weaving.VALUE, Weaving.INT);
                    key.weave(weaving, other);
                    weaving.constant(this);
                    weaving.code().iload(place);
                    weaving.frame();
                    weaving.callOn(
                            RulesBelow.class,
                            "document",
                            Weaving.VALUE,
                            Weaving.INT,
                            Weaving.FRAME);
                    weaving.defined(other);
                    general.value().weave(weaving, other);
                    next.weave(weaving, other);
                });
    }

    private boolean hasData(@Nullable Value data) {
        Value below = data;
        for (int i = 0; i < prefix.length && below != null; i++) {
            below = Documents.selectData(below, prefix[i]);
        }
        return below != null;
    }
}
