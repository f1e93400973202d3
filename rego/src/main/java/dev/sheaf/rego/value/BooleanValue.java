package dev.sheaf.rego.value;

/// True or false; there is one of each.
public final class BooleanValue implements Value {
    public static final BooleanValue FALSE = new BooleanValue(false);
    public static final BooleanValue TRUE = new BooleanValue(true);

    private final boolean value;

    private BooleanValue(boolean value) {
        this.value = value;
    }

    public static BooleanValue of(boolean value) {
        return value ? TRUE : FALSE;
    }

    public boolean value() {
        return value;
    }

    @Override
    public String typeName() {
        return "boolean";
    }

    @Override
    public int rank() {
        return 1;
    }

    @Override
    public int compareWithin(Value other) {
        return Boolean.compare(value, ((BooleanValue) other).value);
    }

    @Override
    public void write(StringBuilder out) {
        out.append(value);
    }

    @Override
    public String toString() {
        return Boolean.toString(value);
    }
}
