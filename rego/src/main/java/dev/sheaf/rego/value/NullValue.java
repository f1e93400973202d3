package dev.sheaf.rego.value;

/// JSON's null; there is one.
public final class NullValue implements Value {
    public static final NullValue NULL = new NullValue();

    private NullValue() {}

    @Override
    public String typeName() {
        return "null";
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int compareWithin(Value other) {
        return 0;
    }

    @Override
    public void write(StringBuilder out) {
        out.append("null");
    }

    @Override
    public String toString() {
        return "null";
    }
}
