package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.Value;

import java.math.BigInteger;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/// Sums, products, quotients and rounding. Whole numbers are computed exactly whatever their size;
/// everything else as OPA does it, with binary numbers of 64 significant bits.
final class ArithmeticBuiltins {
    private static final String BINARY = "number, number -> number";
    private static final String UNARY = "number -> number";

    /// So many bits are one step of work.
    private static final int BITS_PER_STEP = 1 << 12;

    private ArithmeticBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("plus", BINARY, (a, world) -> plus(number(a, 0), number(a, 1), world)),
                Builtin.of(
                        "minus", "number|set, number|set -> number|set", ArithmeticBuiltins::minus),
                Builtin.of("mul", BINARY, (a, world) -> times(number(a, 0), number(a, 1), world)),
                Builtin.of("div", BINARY, (a, world) -> quotient(number(a, 0), number(a, 1))),
                Builtin.of("rem", BINARY, (a, world) -> remainder(number(a, 0), number(a, 1))),
                Builtin.of("abs", UNARY, (a, world) -> absolute(number(a, 0))),
                Builtin.of("round", UNARY, (a, world) -> whole(a, BinaryFloat::roundedToInteger)),
                Builtin.of("ceil", UNARY, (a, world) -> whole(a, BinaryFloat::ceiling)),
                Builtin.of("floor", UNARY, (a, world) -> whole(a, BinaryFloat::floor)));
    }

    private static NumberValue number(Value[] arguments, int index) {
        return Operands.number(arguments[index], index + 1);
    }

    static NumberValue plus(NumberValue left, NumberValue right, Surroundings world) {
        if (left.isLong() && right.isLong()) {
            long sum = left.longValue() + right.longValue();
            boolean isOver = ((left.longValue() ^ sum) & (right.longValue() ^ sum)) < 0;
            if (!isOver) {
                return NumberValue.of(sum);
            }
        }
        return exactly(left, right, BigInteger::add, BinaryFloat::plus, world);
    }

    static NumberValue times(NumberValue left, NumberValue right, Surroundings world) {
        if (left.isLong() && right.isLong()) {
            long low = left.longValue() * right.longValue();
            long high = Math.multiplyHigh(left.longValue(), right.longValue());
            if (high == low >> (Long.SIZE - 1)) {
                return NumberValue.of(low);
            }
        }
        return exactly(left, right, BigInteger::multiply, BinaryFloat::times, world);
    }

    private static NumberValue exactly(
            NumberValue left,
            NumberValue right,
            BinaryOperator<BigInteger> onIntegers,
            BinaryOperator<BinaryFloat> onFloats,
            Surroundings world) {
        if (!left.isInteger() || !right.isInteger()) {
            return onFloats.apply(BinaryFloat.of(left), BinaryFloat.of(right)).toNumber();
        }
        BigInteger one = BinaryFloat.integer(left);
        BigInteger other = BinaryFloat.integer(right);
        world.work(1L + (one.bitLength() + other.bitLength()) / BITS_PER_STEP);
        return NumberValue.of(onIntegers.apply(one, other));
    }

    private static Value minus(Value[] arguments, Surroundings world) {
        if (arguments[0] instanceof NumberValue left) {
            if (arguments[1] instanceof NumberValue right) {
                return difference(left, right, world);
            }
            throw Operands.wrongType(2, "number", arguments[1]);
        }
        return difference(Operands.set(arguments[0], 1), Operands.set(arguments[1], 2), world);
    }

    private static NumberValue difference(NumberValue left, NumberValue right, Surroundings world) {
        if (left.isLong() && right.isLong()) {
            long difference = left.longValue() - right.longValue();
            boolean isOver =
                    ((left.longValue() ^ right.longValue()) & (left.longValue() ^ difference)) < 0;
            if (!isOver) {
                return NumberValue.of(difference);
            }
        }
        return exactly(left, right, BigInteger::subtract, BinaryFloat::minus, world);
    }

    static SetValue difference(SetValue left, SetValue right, Surroundings world) {
        world.work(left.size());
        SetValue.Builder kept = new SetValue.Builder();
        for (Value member : left.items()) {
            if (!right.has(member)) {
                kept.add(member);
            }
        }
        return kept.build();
    }

    private static NumberValue quotient(NumberValue dividend, NumberValue divisor) {
        BinaryFloat lower = BinaryFloat.of(divisor);
        if (lower.isZero()) {
            throw BuiltinFault.of("divide by zero");
        }
        if (dividend.isLong() && divisor.isLong() && divisor.longValue() != -1) {
            long whole = dividend.longValue() / divisor.longValue();
            if (whole * divisor.longValue() == dividend.longValue()) {
                return NumberValue.of(whole);
            }
        }
        return BinaryFloat.of(dividend).dividedBy(lower).toNumber();
    }

    /// Has the sign of the dividend.
    private static NumberValue remainder(NumberValue dividend, NumberValue divisor) {
        if (!dividend.isInteger() || !divisor.isInteger()) {
            throw BuiltinFault.of("modulo on floating-point number");
        }
        if (divisor.equals(NumberValue.of(0))) {
            throw BuiltinFault.of("modulo by zero");
        }
        if (dividend.isLong() && divisor.isLong()) {
            return NumberValue.of(dividend.longValue() % divisor.longValue());
        }
        return NumberValue.of(
                BinaryFloat.integer(dividend).remainder(BinaryFloat.integer(divisor)));
    }

    private static NumberValue absolute(NumberValue number) {
        if (number.isInteger()) {
            return NumberValue.of(BinaryFloat.integer(number).abs());
        }
        BinaryFloat value = BinaryFloat.of(number);
        return (value.significand().signum() < 0 ? value.negated() : value).toNumber();
    }

    private static NumberValue whole(Value[] arguments, Function<BinaryFloat, BigInteger> toWhole) {
        NumberValue number = number(arguments, 0);
        return number.isInteger() ? number : NumberValue.of(toWhole.apply(BinaryFloat.of(number)));
    }
}
