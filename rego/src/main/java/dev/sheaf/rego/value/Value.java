package dev.sheaf.rego.value;

/// A ground value. Immutable; for any thread.
///
/// The order is OPA's: null, booleans, numbers, strings, arrays, objects, sets; within a kind by
/// content. Numbers are equal when their values are (`1` and `1.0`). `toString` is Rego text.
public sealed interface Value extends Comparable<Value>
        permits NullValue,
                BooleanValue,
                NumberValue,
                StringValue,
                ArrayValue,
                ObjectValue,
                SetValue {
    /// As `type_name` says: `null`, `boolean`, `number`, `string`, `array`, `object`, `set`.
    String typeName();

    /// The place of the kind in the order.
    int rank();

    /// Everything but `false`; undefined is no value.
    default boolean isTrue() {
        return this != BooleanValue.FALSE;
    }

    /// Among two of the same kind.
    ///
    /// @throws ClassCastException when `other` is of another kind
    int compareWithin(Value other);

    @Override
    default int compareTo(Value other) {
        int byKind = Integer.compare(rank(), other.rank());
        return byKind != 0 ? byKind : compareWithin(other);
    }

    /// Appends Rego text.
    void write(StringBuilder out);
}
