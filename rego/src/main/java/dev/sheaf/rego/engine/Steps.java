package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.lang.classfile.Label;
import java.lang.constant.ConstantDescs;
import java.util.List;

/// The steps of bodies.
final class Steps {
    private Steps() {}

    /// The beginning of a chain that may have no other step.
    static final class Begin extends Step {
        @Override
        boolean run(Frame frame) {
            return next.run(frame);
        }
    }

    /// The term is there and not false.
    static final class Test extends Step {
        private final Getter term;

        Test(Getter term) {
            this.term = term;
        }

        @Override
        boolean run(Frame frame) {
            frame.session.step();
            Value value = term.get(frame);
            return value != null && value.isTrue() && next.run(frame);
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            weaving.step();
            term.weave(weaving, fail);
            weaving.constant(BooleanValue.FALSE);
            weaving.code().if_acmpeq(fail);
            next.weave(weaving, fail);
        }
    }

    /// Two terms are there, and equal or not, as wanted.
    static final class Compare extends Step {
        private final Getters.Same terms;

        Compare(Getters.Same terms) {
            this.terms = terms;
        }

        @Override
        boolean run(Frame frame) {
            frame.session.step();
            return terms.holds(frame) && next.run(frame);
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            weaving.step();
            terms.weaveTest(weaving, fail);
            next.weave(weaving, fail);
        }
    }

    /// The term fits a pattern.
    static final class Match extends Step {
        private final Getter term;
        private final Matcher pattern;

        Match(Getter term, Matcher pattern) {
            this.term = term;
            this.pattern = pattern;
        }

        @Override
        boolean run(Frame frame) {
            frame.session.step();
            Value value = term.get(frame);
            return value != null && pattern.match(frame, value) && next.run(frame);
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            weaving.step();
            term.weave(weaving, fail);
            pattern.weave(weaving, fail);
            next.weave(weaving, fail);
        }
    }

    /// The beginning of an expression of which is told; the expression ends with [#passed].
    static final class Traced extends Step {
        private final Location at;
        private final int collector;

        Traced(Location at, int collector) {
            this.at = at;
            this.collector = collector;
        }

        @Override
        boolean run(Frame frame) {
            Tracer tracer = frame.session.tracer();
            if (tracer == null) {
                return next.run(frame);
            }
            tracer.told(Tracer.Event.EVALUATE, "", at);
            frame.collectors[collector] = Boolean.FALSE;
            boolean found = next.run(frame);
            if (frame.collectors[collector] == Boolean.FALSE) {
                tracer.told(Tracer.Event.FAIL, "", at);
            }
            return found;
        }

        Step passed() {
            return new Step() {
                @Override
                boolean run(Frame frame) {
                    frame.collectors[collector] = Boolean.TRUE;
                    boolean found = next.run(frame);
                    frame.collectors[collector] = Boolean.TRUE;
                    return found;
                }
            };
        }
    }

    /// Never succeeds.
    static final class Fail extends Step {
        @Override
        boolean run(Frame frame) {
            return false;
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            weaving.code().goto_(fail);
        }
    }

    /// Each key and value of a collection that fit their patterns.
    static final class Iterate extends Step {
        private final Getter collection;
        private final Matcher key;
        private final Matcher value;

        Iterate(Getter collection, Matcher key, Matcher value) {
            this.collection = collection;
            this.key = key;
            this.value = value;
        }

        @Override
        boolean run(Frame frame) {
            Value from = collection.get(frame);
            if (from instanceof SetValue set) {
                for (int i = 0; i < set.size(); i++) {
                    Value member = set.get(i);
                    if (one(frame, member, member)) {
                        return true;
                    }
                }
            } else if (from instanceof ArrayValue array) {
                for (int i = 0; i < array.size(); i++) {
                    if (one(frame, NumberValue.of(i), array.get(i))) {
                        return true;
                    }
                }
            } else if (from instanceof ObjectValue object) {
                for (int i = 0; i < object.size(); i++) {
                    if (one(frame, object.key(i), object.value(i))) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean one(Frame frame, Value k, Value v) {
            frame.session.step();
            return key.match(frame, k) && value.match(frame, v) && next.run(frame);
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            collection.weave(weaving, fail);
            int from = weaving.stored();
            weaving.code().aload(from);
            weaving.call("size", Weaving.INT, Weaving.VALUE);
            weaving.each(
                    fail,
                    (place, other) -> {
                        weaving.step();
                        pair(weaving, from, place, other);
                        next.weave(weaving, other);
                    });
        }

        private void pair(Weaving weaving, int from, int place, Label other) {
            if (!(key instanceof Matchers.Any)) {
                weaving.code().aload(from).iload(place);
                weaving.call("key", Weaving.VALUE, Weaving.VALUE, Weaving.INT);
                key.weave(weaving, other);
            }
            weaving.code().aload(from).iload(place);
            weaving.call("item", Weaving.VALUE, Weaving.VALUE, Weaving.INT);
            value.weave(weaving, other);
        }
    }

    /// Each result of a built-in relation.
    static final class Results extends Step {
        private final Getter call;
        private final Matcher result;

        Results(Getter call, Matcher result) {
            this.call = call;
            this.result = result;
        }

        @Override
        boolean run(Frame frame) {
            if (call.get(frame) instanceof ArrayValue results) {
                for (int i = 0; i < results.size(); i++) {
                    frame.session.step();
                    if (result.match(frame, results.get(i)) && next.run(frame)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    static final class Not extends Step {
        private final Step chain;

        Not(Step chain) {
            this.chain = chain;
        }

        @Override
        boolean run(Frame frame) {
            frame.session.step();
            return !chain.run(frame) && next.run(frame);
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            Label none = weaving.label();
            weaving.step();
            weaving.inner(chain, fail, none);
            weaving.code().labelBinding(none);
            next.weave(weaving, fail);
        }
    }

    /// The end of a chain of which only is asked whether it succeeds.
    static final class Found extends Step {
        @Override
        boolean run(Frame frame) {
            return true;
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            weaving.found();
        }
    }

    static final class Every extends Step {
        private final Getter domain;
        private final Matcher key;
        private final Matcher value;
        private final Step body;

        Every(Getter domain, Matcher key, Matcher value, Step body) {
            this.domain = domain;
            this.key = key;
            this.value = value;
            this.body = body;
        }

        @Override
        boolean run(Frame frame) {
            Value over = domain.get(frame);
            return switch (over) {
                case null -> false;
                case ArrayValue array -> {
                    for (int i = 0; i < array.size(); i++) {
                        if (!holds(frame, NumberValue.of(i), array.get(i))) {
                            yield false;
                        }
                    }
                    yield next.run(frame);
                }
                case ObjectValue object -> {
                    for (int i = 0; i < object.size(); i++) {
                        if (!holds(frame, object.key(i), object.value(i))) {
                            yield false;
                        }
                    }
                    yield next.run(frame);
                }
                case SetValue set -> {
                    for (int i = 0; i < set.size(); i++) {
                        if (!holds(frame, set.get(i), set.get(i))) {
                            yield false;
                        }
                    }
                    yield next.run(frame);
                }
                case NullValue none -> false;
                case BooleanValue none -> false;
                case NumberValue none -> false;
                case StringValue none -> false;
            };
        }

        private boolean holds(Frame frame, Value k, Value v) {
            frame.session.step();
            return key.match(frame, k) && value.match(frame, v) && body.run(frame);
        }
    }

    /// Runs a part of the chain in another context, and what follows it in this one.
    static final class With extends Step {
        private final List<Exchange> exchanges;
        private final Step chain;
        private final int collector;

        /// @param chain ends with [#back]
        With(List<Exchange> exchanges, Step chain, int collector) {
            this.exchanges = exchanges;
            this.chain = chain;
            this.collector = collector;
        }

        @Override
        boolean run(Frame frame) {
            Context before = frame.context;
            Context changed = before;
            for (Exchange exchange : exchanges) {
                changed = exchange.in(changed, frame);
                if (changed == null) {
                    return false;
                }
            }
            Object kept = frame.collectors[collector];
            frame.collectors[collector] = before;
            frame.context = changed;
            try {
                return chain.run(frame);
            } finally {
                frame.context = before;
                frame.collectors[collector] = kept;
            }
        }

        /// The end of the chain: goes on with what follows, in the context from before.
        Step back() {
            return new Step() {
                @Override
                boolean run(Frame frame) {
                    Context inner = frame.context;
                    Object outer = frame.collectors[collector];
                    frame.context = (Context) outer;
                    boolean found = With.this.next.run(frame);
                    frame.context = inner;
                    frame.collectors[collector] = outer;
                    return found;
                }
            };
        }
    }

    /// Writes a line; terms that are undefined say so.
    static final class Print extends Step {
        private final List<Getters.Text.Piece> pieces;

        Print(List<Getters.Text.Piece> pieces) {
            this.pieces = pieces;
        }

        @Override
        boolean run(Frame frame) {
            Value line = new Getters.Text(pieces).get(frame);
            frame.context
                    .session()
                    .surroundings()
                    .note(line instanceof StringValue text ? text.value() : line.toString());
            return next.run(frame);
        }
    }

    // --- ends

    static final class ArrayEnd extends Step {
        private final int collector;
        private final Getter item;

        ArrayEnd(int collector, Getter item) {
            this.collector = collector;
            this.item = item;
        }

        @Override
        boolean run(Frame frame) {
            Value value = item.get(frame);
            if (value != null) {
                add(value, frame);
            }
            return false;
        }

        @SuppressWarnings("unchecked")
        void add(Value value, Frame frame) {
            frame.session.gather();
            ((List<Value>) frame.collectors[collector]).add(value);
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            item.weave(weaving, fail);
            int value = weaving.stored();
            weaving.constant(this);
            weaving.code().aload(value);
            weaving.frame();
            weaving.callOn(
                    ArrayEnd.class, "add", ConstantDescs.CD_void, Weaving.VALUE, Weaving.FRAME);
            weaving.code().goto_(fail);
        }
    }

    static final class SetEnd extends Step {
        private final int collector;
        private final Getter member;

        SetEnd(int collector, Getter member) {
            this.collector = collector;
            this.member = member;
        }

        @Override
        boolean run(Frame frame) {
            Value value = member.get(frame);
            if (value != null) {
                add(value, frame);
            }
            return false;
        }

        void add(Value value, Frame frame) {
            frame.session.gather();
            frame.result = collector == 0 ? value : frame.result;
            ((SetValue.Builder) frame.collectors[collector]).add(value);
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            member.weave(weaving, fail);
            int value = weaving.stored();
            weaving.constant(this);
            weaving.code().aload(value);
            weaving.frame();
            weaving.callOn(
                    SetEnd.class, "add", ConstantDescs.CD_void, Weaving.VALUE, Weaving.FRAME);
            weaving.code().goto_(fail);
        }
    }

    static final class ObjectEnd extends Step {
        private final int collector;
        private final Getter key;
        private final Getter value;
        private final Location at;

        ObjectEnd(int collector, Getter key, Getter value, Location at) {
            this.collector = collector;
            this.key = key;
            this.value = value;
            this.at = at;
        }

        @Override
        boolean run(Frame frame) {
            Value name = key.get(frame);
            Value field = name == null ? null : value.get(frame);
            if (name != null && field != null) {
                frame.session.gather();
                Value before = ((ObjectValue.Builder) frame.collectors[collector]).put(name, field);
                if (before != null && !before.equals(field)) {
                    throw new EvaluationFault(
                            EvaluationFault.CONFLICT, "object keys must be unique", at);
                }
            }
            return false;
        }
    }

    /// The one value of a rule; other solutions must give the same.
    static final class ValueEnd extends Step {
        private final Getter value;
        private final boolean isConstant;
        private final boolean isFunction;
        private final Location at;

        ValueEnd(Getter value, boolean isFunction, Location at) {
            this.value = value;
            this.isConstant = value.constant() != null;
            this.isFunction = isFunction;
            this.at = at;
        }

        @Override
        boolean run(Frame frame) {
            Value found = value.get(frame);
            if (found == null) {
                return false;
            }
            take(found, frame);
            return isConstant;
        }

        void take(Value found, Frame frame) {
            Value before = frame.result;
            if (before != null && !before.equals(found)) {
                throw isFunction ? RulePlan.functionConflict(at) : RulePlan.conflict(at);
            }
            frame.result = found;
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            value.weave(weaving, fail);
            int found = weaving.stored();
            weaving.constant(this);
            weaving.code().aload(found);
            weaving.frame();
            weaving.callOn(
                    ValueEnd.class, "take", ConstantDescs.CD_void, Weaving.VALUE, Weaving.FRAME);
            if (isConstant) {
                weaving.found();
            } else {
                weaving.code().goto_(fail);
            }
        }
    }

    /// A part of an object that rules make, or a member of a set in it.
    static final class PartEnd extends Step {
        private final Getter[] keys;
        private final Getter leaf;
        private final boolean isMember;
        private final Location at;

        PartEnd(List<Getter> keys, Getter leaf, boolean isMember, Location at) {
            this.keys = keys.toArray(new Getter[0]);
            this.leaf = leaf;
            this.isMember = isMember;
            this.at = at;
        }

        @Override
        boolean run(Frame frame) {
            Value[] path = Getters.all(keys, frame);
            Value value = path == null ? null : leaf.get(frame);
            if (path != null && value != null) {
                put(path, value, frame);
            }
            return false;
        }

        void put(Value[] path, Value value, Frame frame) {
            frame.session.gather();
            frame.result = value;
            PartialObject object = (PartialObject) frame.collectors[0];
            if (isMember) {
                object.member(path, value, at);
            } else {
                object.leaf(path, value, at);
            }
        }

        @Override
        void weave(Weaving weaving, Label fail) {
            weaving.array(keys, fail);
            int path = weaving.stored();
            leaf.weave(weaving, fail);
            int value = weaving.stored();
            weaving.constant(this);
            weaving.code().aload(path).aload(value);
            weaving.frame();
            weaving.callOn(
                    PartEnd.class,
                    "put",
                    ConstantDescs.CD_void,
                    Weaving.VALUE.arrayType(),
                    Weaving.VALUE,
                    Weaving.FRAME);
            weaving.code().goto_(fail);
        }
    }
}
