package dev.sheaf.rego.value;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;

/// A decimal number of any size and precision: JSON's numbers as they are written, not as binary
/// floating point rounds them. What fits is held as a `long`.
public final class NumberValue implements Value {
    private static final int SMALL_MIN = -128;
    private static final int SMALL_MAX = 1023;
    private static final NumberValue[] SMALL = new NumberValue[SMALL_MAX - SMALL_MIN + 1];

    /// Beyond it a number is written with an exponent, and not blown up to all its digits.
    private static final int PLAIN_DIGITS_MAX = 400;

    static {
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = new NumberValue(SMALL_MIN + i, null, null);
        }
    }

    private final long integer;

    /// Null when `integer` is the value.
    private final @Nullable BigDecimal decimal;

    /// How it was written, where that is not how it would be: `1.0`, `1e9`.
    private final @Nullable String written;

    private NumberValue(long integer, @Nullable BigDecimal decimal, @Nullable String written) {
        this.integer = integer;
        this.decimal = decimal;
        this.written = written;
    }

    public static NumberValue of(long value) {
        return value >= SMALL_MIN && value <= SMALL_MAX
                ? SMALL[(int) value - SMALL_MIN]
                : new NumberValue(value, null, null);
    }

    public static NumberValue of(BigInteger value) {
        return value.bitLength() < Long.SIZE
                ? of(value.longValue())
                : new NumberValue(0, new BigDecimal(value), null);
    }

    public static NumberValue of(BigDecimal value) {
        BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 18) {
            return of(stripped.longValueExact());
        }
        if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 19) {
            return of(stripped.toBigIntegerExact());
        }
        return new NumberValue(0, stripped, null);
    }

    /// @throws NumberFormatException when it is no JSON number
    public static NumberValue parse(String text) {
        int length = text.length();
        if (length < 18) {
            long value = 0;
            int start = length > 1 && text.charAt(0) == '-' ? 1 : 0;
            for (int i = start; i < length; i++) {
                char digit = text.charAt(i);
                if (digit < '0' || digit > '9') {
                    return asWritten(text);
                }
                value = value * 10 + digit - '0';
            }
            if (length > start) {
                return of(start == 1 ? -value : value);
            }
        }
        return asWritten(text);
    }

    private static NumberValue asWritten(String text) {
        NumberValue value = of(new BigDecimal(text));
        return value.toString().equals(text)
                ? value
                : new NumberValue(value.integer, value.decimal, text);
    }

    /// Whether it was written as digits alone: what is written `1e9` is no integer to functions
    /// that read texts.
    public boolean isWrittenAsInteger() {
        return isLong() && written == null;
    }

    /// Whether it is whole and fits into a `long`.
    public boolean isLong() {
        return decimal == null;
    }

    /// Whether it has no fraction.
    public boolean isInteger() {
        return decimal == null || decimal.scale() <= 0;
    }

    /// @throws ArithmeticException when it is not whole or does not fit
    public long longValue() {
        if (decimal != null) {
            throw new ArithmeticException(this + " is no 64-bit integer");
        }
        return integer;
    }

    public BigDecimal decimalValue() {
        return decimal == null ? BigDecimal.valueOf(integer) : decimal;
    }

    /// @throws ArithmeticException when it has a fraction
    public BigInteger bigIntegerValue() {
        return decimal == null ? BigInteger.valueOf(integer) : decimal.toBigIntegerExact();
    }

    public double doubleValue() {
        return decimal == null ? integer : decimal.doubleValue();
    }

    @Override
    public String typeName() {
        return "number";
    }

    @Override
    public int rank() {
        return 2;
    }

    @Override
    public int compareWithin(Value other) {
        NumberValue that = (NumberValue) other;
        return decimal == null && that.decimal == null
                ? Long.compare(integer, that.integer)
                : decimalValue().compareTo(that.decimalValue());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NumberValue that
                && integer == that.integer
                && (decimal == null
                        ? that.decimal == null
                        : that.decimal != null && decimal.compareTo(that.decimal) == 0);
    }

    @Override
    public int hashCode() {
        return decimal == null ? Long.hashCode(integer) : decimal.hashCode();
    }

    @Override
    public void write(StringBuilder out) {
        out.append(this);
    }

    @Override
    public String toString() {
        if (written != null) {
            return written;
        } else if (decimal == null) {
            return Long.toString(integer);
        }
        boolean isPlain = Math.abs((long) decimal.precision() - decimal.scale()) < PLAIN_DIGITS_MAX;
        return isPlain && decimal.scale() < PLAIN_DIGITS_MAX
                ? decimal.toPlainString()
                : decimal.toString().replace('E', 'e');
    }
}
