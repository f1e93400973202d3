package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.Value;

import java.math.BigInteger;
import java.util.List;
import java.util.function.BinaryOperator;

/// Bits of whole numbers of any size; negative ones are two's complements with endless sign bits.
final class BitBuiltins {
    private static final String BINARY = "integer, integer -> number";

    /// More places would fill the memory.
    private static final int SHIFT_MAX = 1 << 20;

    private BitBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                binary("bits.and", BigInteger::and),
                binary("bits.or", BigInteger::or),
                binary("bits.xor", BigInteger::xor),
                Builtin.of(
                        "bits.negate",
                        "integer -> number",
                        (a, world) -> NumberValue.of(Operands.bigInteger(a, 0).not())),
                Builtin.of(
                        "bits.lsh",
                        BINARY,
                        (a, world) -> NumberValue.of(leftShifted(a, shift(a), world))),
                Builtin.of(
                        "bits.rsh",
                        BINARY,
                        (a, world) ->
                                NumberValue.of(Operands.bigInteger(a, 0).shiftRight(shift(a)))));
    }

    private static Builtin binary(String name, BinaryOperator<BigInteger> operation) {
        return Builtin.of(
                name,
                BINARY,
                (a, world) ->
                        NumberValue.of(
                                operation.apply(
                                        Operands.bigInteger(a, 0), Operands.bigInteger(a, 1))));
    }

    private static BigInteger leftShifted(Value[] arguments, int places, Surroundings world) {
        BigInteger number = Operands.bigInteger(arguments, 0);
        if (places > SHIFT_MAX) {
            throw BuiltinFault.of(
                    "a shift by %d places is too large, at most %d", places, SHIFT_MAX);
        }
        world.work(1 + places / Long.SIZE);
        return number.shiftLeft(places);
    }

    private static int shift(Value[] arguments) {
        Operands.bigInteger(arguments, 0);
        BigInteger places = Operands.bigInteger(arguments, 1);
        if (places.signum() < 0) {
            throw BuiltinFault.type(
                    "operand 2 must be an unsigned integer number but got a negative integer");
        }
        return places.bitLength() < Integer.SIZE ? places.intValue() : Integer.MAX_VALUE;
    }
}
