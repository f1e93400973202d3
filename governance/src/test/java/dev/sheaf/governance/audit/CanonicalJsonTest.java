package dev.sheaf.governance.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.util.Random;

/// RFC 8785's own examples, and what it leaves no text for.
final class CanonicalJsonTest {
    /// RFC 8785, appendix B.
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void doublesHaveTheTextsOfTheStandard(String bits, String text) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertEquals(text, CanonicalNumber.text(value));
        assertEquals(text, CanonicalJson.text(NumberValue.parse(text)), "and are read back");
    }

    @Test
    void everyDoubleIsReadBackFromItsText() {
        Random random = new Random(8785);
        for (int i = 0; i < 200_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String text = CanonicalNumber.text(value);
                assertEquals(value == 0 ? 0.0 : value, Double.parseDouble(text), text);
                String java =
                        new BigDecimal(Double.toString(value))
                                .stripTrailingZeros()
                                .unscaledValue()
                                .toString();
                String digits =
                        text.replaceAll("e.*", "").replaceAll("[-.]", "").replaceAll("^0+|0+$", "");
                assertEquals(true, digits.length() <= java.replace("-", "").length(), text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "0.1000000000000000055511151231257827",
                "1e400",
                "-1e400",
                "1e-400",
                "123456789012345678901234567890"
            })
    void numbersThatAreNoDoublesAreRefused(String number) {
        assertThrows(Problem.class, () -> CanonicalJson.text(NumberValue.parse(number)));
    }

    /// RFC 8785, section 3.2.2 and 3.2.3.
    @Test
    void theExamplesOfTheStandard() {
        String example =
                """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}
                """;
        // 333333333.33333329 is read exactly here, and is no double.
        assertThrows(Problem.class, () -> CanonicalJson.text(JsonValues.parse(example)));
        assertEquals(
                "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                    + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                CanonicalJson.text(JsonValues.parse(example.replace("33333329", "3333333"))));
        assertEquals(
                "{\"\\r\":1,\"1\":2,\"\u0080\":3,\"ö\":4,\"€\":5,\"\uD83D\uDE00\":6,\"\uFB33\":7}",
                CanonicalJson.text(
                        JsonValues.parse(
                                "{\"€\":5,\"\\r\":1,\"\uFB33\":7,\"1\":2,\"\uD83D\uDE00\":6,"
                                        + "\"\u0080\":3,\"ö\":4}")));
    }

    @Test
    void emptyAndNestedValues() {
        assertEquals("{}", CanonicalJson.text(ObjectValue.EMPTY));
        assertEquals("[]", CanonicalJson.text(ArrayValue.EMPTY));
        assertEquals("[{\"a\":[[]]}]", CanonicalJson.text(JsonValues.parse("[ {\"a\" : [[ ]]} ]")));
        Value deep = ArrayValue.EMPTY;
        for (int i = 0; i < 62; i++) {
            deep = ArrayValue.of(deep);
        }
        assertEquals("[".repeat(63) + "]".repeat(63), CanonicalJson.text(deep));
        Value deeper = ArrayValue.of(ArrayValue.of(deep));
        assertThrows(Problem.class, () -> CanonicalJson.text(deeper));
    }

    @Test
    void halfCharactersAndKeysThatAreNoStringsAreRefused() {
        for (String half : new String[] {"\ud83d", "\ude00", "\ud83dx", "\ude00\ud83d"}) {
            assertThrows(Problem.class, () -> CanonicalJson.text(StringValue.of(half)));
        }
        ObjectValue.Builder object = new ObjectValue.Builder();
        object.put(NumberValue.of(1), NumberValue.of(2));
        assertThrows(Problem.class, () -> CanonicalJson.text(object.build()));
    }
}
