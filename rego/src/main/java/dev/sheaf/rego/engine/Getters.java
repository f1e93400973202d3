package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.ObjectField;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.Label;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;

/// Terms that are computed of bound variables.
final class Getters {
    private Getters() {}

    static final class Constant extends Getter {
        private final Value value;

        Constant(Value value) {
            this.value = value;
        }

        @Override
        Value get(Frame frame) {
            return value;
        }

        @Override
        Value constant() {
            return value;
        }

        @Override
        void weave(Weaving weaving, Label undefined) {
            weaving.constant(value);
        }
    }

    static final class Slot extends Getter {
        private final int slot;

        Slot(int slot) {
            this.slot = slot;
        }

        @Override
        Value get(Frame frame) {
            return frame.slot(slot);
        }

        @Override
        void weave(Weaving weaving, Label undefined) {
            weaving.slot(slot);
        }
    }

    static final class Input extends Getter {
        @Override
        @Nullable Value get(Frame frame) {
            return frame.context.input();
        }

        @Override
        void weave(Weaving weaving, Label undefined) {
            weaving.context();
            weaving.callOn(Context.class, "input", Weaving.VALUE);
            weaving.defined(undefined);
        }
    }

    /// One step into a value.
    static final class Select extends Getter {
        private final Getter from;
        private final Getter key;

        Select(Getter from, Getter key) {
            this.from = from;
            this.key = key;
        }

        @Override
        @Nullable Value get(Frame frame) {
            Value value = from.get(frame);
            if (value == null) {
                return null;
            }
            Value name = key.get(frame);
            return name == null ? null : Documents.select(value, name);
        }

        @Override
        void weave(Weaving weaving, Label undefined) {
            from.weave(weaving, undefined);
            int value = weaving.stored();
            key.weave(weaving, undefined);
            int name = weaving.stored();
            weaving.code().aload(value).aload(name);
            weaving.call("select", Weaving.VALUE, Weaving.VALUE, Weaving.VALUE);
            weaving.defined(undefined);
        }
    }

    /// One step into a value, always by the same key.
    static final class Field extends Getter {
        private final Getter from;
        private final Value key;
        private final ObjectField field;

        Field(Getter from, Value key) {
            this.from = from;
            this.key = key;
            this.field = new ObjectField(key);
        }

        @Override
        @Nullable Value get(Frame frame) {
            Value value = from.get(frame);
            return value == null ? null : Woven.field(value, field, key);
        }

        @Override
        void weave(Weaving weaving, Label undefined) {
            from.weave(weaving, undefined);
            weaving.constant(field);
            weaving.constant(key);
            weaving.call(
                    "field",
                    Weaving.VALUE,
                    Weaving.VALUE,
                    Weaving.desc(ObjectField.class),
                    Weaving.VALUE);
            weaving.defined(undefined);
        }
    }

    static final class Items extends Getter {
        private final Getter[] items;

        Items(List<Getter> items) {
            this.items = items.toArray(new Getter[0]);
        }

        @Override
        @Nullable Value get(Frame frame) {
            Value[] values = all(items, frame);
            return values == null ? null : ArrayValue.of(values);
        }
    }

    static Value @Nullable [] all(Getter[] getters, Frame frame) {
        Value[] values = new Value[getters.length];
        for (int i = 0; i < values.length; i++) {
            Value value = getters[i].get(frame);
            if (value == null) {
                return null;
            }
            values[i] = value;
        }
        return values;
    }

    static final class Members extends Getter {
        private final Getter[] items;

        Members(List<Getter> items) {
            this.items = items.toArray(new Getter[0]);
        }

        @Override
        @Nullable Value get(Frame frame) {
            Value[] values = all(items, frame);
            return values == null ? null : SetValue.of(values);
        }
    }

    static final class Fields extends Getter {
        private final Getter[] keys;
        private final Getter[] values;
        private final Location at;

        Fields(List<Getter> keys, List<Getter> values, Location at) {
            this.keys = keys.toArray(new Getter[0]);
            this.values = values.toArray(new Getter[0]);
            this.at = at;
        }

        @Override
        @Nullable Value get(Frame frame) {
            ObjectValue.Builder object = new ObjectValue.Builder(keys.length);
            for (int i = 0; i < keys.length; i++) {
                Value key = keys[i].get(frame);
                Value value = key == null ? null : values[i].get(frame);
                if (key == null || value == null) {
                    return null;
                }
                Value before = object.put(key, value);
                if (before != null && !before.equals(value)) {
                    throw new EvaluationFault(
                            EvaluationFault.CONFLICT, "object keys must be unique", at);
                }
            }
            return object.build();
        }
    }

    /// `==` and `!=`, the most frequent functions.
    static final class Same extends Getter {
        private final Getter left;
        private final Getter right;
        private final boolean wanted;

        Same(Getter left, Getter right, boolean wanted) {
            this.left = left;
            this.right = right;
            this.wanted = wanted;
        }

        @Override
        @Nullable Value get(Frame frame) {
            Value mine = left.get(frame);
            Value theirs = mine == null ? null : right.get(frame);
            if (mine == null || theirs == null) {
                return null;
            }
            return BooleanValue.of(mine.equals(theirs) == wanted);
        }

        /// Goes on when they are as wanted.
        void weaveTest(Weaving weaving, Label fail) {
            weaving.equality(left, right, wanted, fail);
        }

        boolean holds(Frame frame) {
            Value mine = left.get(frame);
            if (mine == null) {
                return false;
            }
            Value theirs = right.get(frame);
            return theirs != null && mine.equals(theirs) == wanted;
        }
    }

    /// `in`, most often asked of a set.
    static final class Member extends Getter {
        private final Getter wanted;
        private final Getter whole;
        private final Invoke general;

        /// @param general the same for any values
        Member(Getter wanted, Getter whole, Invoke general) {
            this.wanted = wanted;
            this.whole = whole;
            this.general = general;
        }

        @Override
        @Nullable Value get(Frame frame) {
            Value value = wanted.get(frame);
            if (value == null) {
                return null;
            }
            Value among = whole.get(frame);
            return among == null ? null : Woven.member(value, among, general, frame);
        }

        @Override
        void weave(Weaving weaving, Label undefined) {
            wanted.weave(weaving, undefined);
            int value = weaving.stored();
            whole.weave(weaving, undefined);
            int among = weaving.stored();
            weaving.code().aload(value).aload(among);
            weaving.constant(general);
            weaving.frame();
            weaving.call(
                    "member",
                    Weaving.VALUE,
                    Weaving.VALUE,
                    Weaving.VALUE,
                    Weaving.desc(Invoke.class),
                    Weaving.FRAME);
            weaving.defined(undefined);
        }
    }

    static final class Invoke extends Getter {
        private final Callee callee;
        private final Getter[] arguments;
        private final Location at;

        Invoke(Callee callee, List<Getter> arguments, Location at) {
            this.callee = callee;
            this.arguments = arguments.toArray(new Getter[0]);
            this.at = at;
        }

        @Override
        @Nullable Value get(Frame frame) {
            Value[] values = all(arguments, frame);
            return values == null ? null : call(values, frame);
        }

        @Override
        void weave(Weaving weaving, Label undefined) {
            weaving.array(arguments, undefined);
            int values = weaving.stored();
            weaving.constant(this);
            weaving.code().aload(values);
            weaving.frame();
            weaving.callOn(
                    Invoke.class, "call", Weaving.VALUE, Weaving.VALUE.arrayType(), Weaving.FRAME);
            weaving.defined(undefined);
        }

        @Nullable Value call(Value[] values, Frame frame) {
            Context context = frame.context;
            frame.session.step();
            if (context.mocks().isEmpty()) {
                return callee.call(values, context, at);
            }
            return switch (context.mocks().get(callee.identity())) {
                case null -> callee.call(values, context, at);
                case Context.Mock.Constant(Value value) -> value;
                case Context.Mock.Function(Callee other) ->
                        other.call(values, context.without(callee.identity()), at);
            };
        }
    }

    /// What a comprehension gathers.
    enum Gathered {
        ARRAY,
        SET,
        OBJECT
    }

    static final class Comprehension extends Getter {
        private final Gathered kind;
        private final int collector;
        private final Step body;

        Comprehension(Gathered kind, int collector, Step body) {
            this.kind = kind;
            this.collector = collector;
            this.body = body;
        }

        @Override
        Value get(Frame frame) {
            begin(frame);
            body.run(frame);
            return end(frame);
        }

        void begin(Frame frame) {
            frame.collectors[collector] =
                    switch (kind) {
                        case ARRAY -> new ArrayList<Value>();
                        case SET -> new SetValue.Builder();
                        case OBJECT -> new ObjectValue.Builder();
                    };
        }

        @SuppressWarnings("unchecked")
        Value end(Frame frame) {
            Object gathered = frame.collectors[collector];
            return switch (kind) {
                case ARRAY -> ArrayValue.of((List<Value>) gathered);
                case SET -> ((SetValue.Builder) gathered).build();
                case OBJECT -> ((ObjectValue.Builder) gathered).build();
            };
        }

        @Override
        void weave(Weaving weaving, Label undefined) {
            weaving.constant(this);
            weaving.frame();
            weaving.callOn(Comprehension.class, "begin", ConstantDescs.CD_void, Weaving.FRAME);
            weaving.gathering(body);
            weaving.constant(this);
            weaving.frame();
            weaving.callOn(Comprehension.class, "end", Weaving.VALUE, Weaving.FRAME);
        }
    }

    /// A text with holes. A hole that is undefined says so.
    static final class Text extends Getter {
        private static final String UNDEFINED = "<undefined>";

        /// Texts and holes in turn; a hole is a chain that leaves its value in a slot.
        sealed interface Piece {
            record Fixed(String text) implements Piece {}

            record Hole(Step chain, int slot) implements Piece {}
        }

        private final List<Piece> pieces;

        Text(List<Piece> pieces) {
            this.pieces = pieces;
        }

        @Override
        Value get(Frame frame) {
            StringBuilder out = new StringBuilder();
            for (Piece piece : pieces) {
                switch (piece) {
                    case Piece.Fixed(String text) -> out.append(text);
                    case Piece.Hole(Step chain, int slot) -> {
                        if (!chain.run(frame)) {
                            out.append(UNDEFINED);
                        } else if (frame.slot(slot) instanceof StringValue text) {
                            out.append(text.value());
                        } else {
                            frame.slot(slot).write(out);
                        }
                    }
                }
            }
            return StringValue.of(out.toString());
        }
    }
}
