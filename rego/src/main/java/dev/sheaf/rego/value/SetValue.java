package dev.sheaf.rego.value;

import org.jspecify.annotations.Nullable;

import java.util.AbstractList;
import java.util.Collection;
import java.util.List;

/// Different values, shown in their order.
public final class SetValue implements Value {
    public static final SetValue EMPTY = new SetValue(new KeyTable(0));

    private final KeyTable members;
    private int hash;

    private SetValue(KeyTable members) {
        this.members = members;
    }

    public static SetValue of(Value... members) {
        return of(List.of(members));
    }

    public static SetValue of(Collection<? extends Value> members) {
        Builder builder = new Builder(members.size());
        members.forEach(builder::add);
        return builder.build();
    }

    /// Grows a set; used by one thread, and once.
    public static final class Builder {
        private final KeyTable members;

        public Builder() {
            this(0);
        }

        public Builder(int expected) {
            members = new KeyTable(expected);
        }

        public Builder add(Value member) {
            members.add(member);
            return this;
        }

        public boolean has(Value member) {
            return members.find(member) >= 0;
        }

        public int size() {
            return members.size();
        }

        public SetValue build() {
            return members.size() == 0 ? EMPTY : new SetValue(members);
        }
    }

    public int size() {
        return members.size();
    }

    public boolean has(Value member) {
        return members.find(member) >= 0;
    }

    /// The member at a place of the order, from 0 to size.
    public Value get(int place) {
        return members.key(members.order()[place]);
    }

    /// A view, in order.
    public List<Value> items() {
        return new AbstractList<>() {
            @Override
            public Value get(int index) {
                return SetValue.this.get(index);
            }

            @Override
            public int size() {
                return members.size();
            }
        };
    }

    @Override
    public String typeName() {
        return "set";
    }

    @Override
    public int rank() {
        return 6;
    }

    @Override
    public int compareWithin(Value other) {
        SetValue that = (SetValue) other;
        int length = Math.min(size(), that.size());
        for (int i = 0; i < length; i++) {
            int order = get(i).compareTo(that.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(size(), that.size());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof SetValue that)
                || size() != that.size()
                || hashCode() != that.hashCode()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!that.has(members.key(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            int sum = ~size();
            for (int i = 0; i < size(); i++) {
                sum += members.key(i).hashCode() * 0x85EBCA6B;
            }
            hash = sum;
        }
        return hash;
    }

    @Override
    public void write(StringBuilder out) {
        if (size() == 0) {
            out.append("set()");
            return;
        }
        out.append('{');
        for (int i = 0; i < size(); i++) {
            if (i > 0) {
                out.append(", ");
            }
            get(i).write(out);
        }
        out.append('}');
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }
}
