package dev.sheaf.governance.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/// NIST's samples for FF1, and every radix there and back.
final class FormatPreservingCipherTest {
    private static final String KEY_128 = "2B7E151628AED2A6ABF7158809CF4F3C";
    private static final String KEY_192 = KEY_128 + "EF4359D8D580AA4F";
    private static final String KEY_256 = KEY_192 + "7F036D6F04FC6A94";

    private static int[] numerals(String text) {
        return text.chars().map(c -> Character.digit(c, 36)).toArray();
    }

    private static String text(int[] numerals) {
        StringBuilder text = new StringBuilder();
        for (int numeral : numerals) {
            text.append(Character.forDigit(numeral, 36));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 128, 10, '', 0123456789, 2433477484",
        "2, 128, 10, 39383736353433323130, 0123456789, 6124200773",
        "3, 128, 36, 3737373770717273373737, 0123456789abcdefghi, a9tv40mll9kdu509eum",
        "4, 192, 10, '', 0123456789, 2830668132",
        "5, 192, 10, 39383736353433323130, 0123456789, 2496655549",
        "6, 192, 36, 3737373770717273373737, 0123456789abcdefghi, xbj3kv35jrawxv32ysr",
        "7, 256, 10, '', 0123456789, 6657667009",
        "8, 256, 10, 39383736353433323130, 0123456789, 1001623463",
        "9, 256, 36, 3737373770717273373737, 0123456789abcdefghi, xs8a0azh2avyalyzuwd"
    })
    void theStandardsSamples(
            int sample, int bits, int radix, String tweak, String plain, String encrypted) {
        String key =
                switch (bits) {
                    case 128 -> KEY_128;
                    case 192 -> KEY_192;
                    default -> KEY_256;
                };
        FormatPreservingCipher cipher = new FormatPreservingCipher(HexFormat.of().parseHex(key));
        byte[] bytes = HexFormat.of().parseHex(tweak);
        assertEquals(
                encrypted, text(cipher.encrypt(radix, numerals(plain), bytes)), "sample " + sample);
        assertEquals(plain, text(cipher.decrypt(radix, numerals(encrypted), bytes)));
    }

    @Test
    void everyRadixAndLengthGoesThereAndBack() {
        Random random = new Random(38);
        byte[] key = new byte[32];
        random.nextBytes(key);
        FormatPreservingCipher cipher = new FormatPreservingCipher(key);
        int[] radixes = {2, 3, 10, 16, 26, 36, 62, 255, 256, 257, 1000, 65535, 65536};
        for (int radix : radixes) {
            for (int length = 2; length < 80; length += 1 + length / 8) {
                if (!FormatPreservingCipher.isLongEnough(radix, length)) {
                    continue;
                }
                int[] plain = random.ints(length, 0, radix).toArray();
                byte[] tweak = new byte[random.nextInt(40)];
                random.nextBytes(tweak);
                int[] encrypted = cipher.encrypt(radix, plain, tweak);
                assertEquals(length, encrypted.length);
                assertFalse(
                        Arrays.stream(encrypted)
                                .anyMatch(numeral -> numeral < 0 || numeral >= radix));
                assertArrayEquals(plain, cipher.decrypt(radix, encrypted, tweak));
            }
        }
    }

    @Test
    void extremeValuesGoThereAndBack() {
        FormatPreservingCipher cipher = new FormatPreservingCipher(new byte[16]);
        for (int fill : new int[] {0, 9}) {
            int[] plain = new int[4096];
            Arrays.fill(plain, fill);
            assertArrayEquals(
                    plain, cipher.decrypt(10, cipher.encrypt(10, plain, new byte[0]), new byte[0]));
        }
    }

    @Test
    void whatIsNotAllowedIsRefusedWithTheReason() {
        FormatPreservingCipher cipher = new FormatPreservingCipher(new byte[16]);
        byte[] none = new byte[0];
        assertProblem(() -> new FormatPreservingCipher(new byte[15]));
        assertProblem(() -> cipher.encrypt(1, new int[30], none));
        assertProblem(() -> cipher.encrypt(65537, new int[30], none));
        assertProblem(() -> cipher.encrypt(10, new int[5], none));
        assertProblem(() -> cipher.encrypt(65536, new int[1], none));
        assertProblem(() -> cipher.encrypt(2, new int[19], none));
        assertProblem(() -> cipher.encrypt(10, new int[4097], none));
        assertProblem(() -> cipher.encrypt(10, new int[0], none));
        assertProblem(() -> cipher.encrypt(10, new int[] {0, 0, 0, 0, 0, 10}, none));
        assertProblem(() -> cipher.decrypt(10, new int[] {0, 0, 0, 0, 0, -1}, none));
        assertProblem(() -> cipher.encrypt(10, new int[6], new byte[65537]));
        assertEquals(6, cipher.encrypt(10, new int[6], none).length);
        assertEquals(20, cipher.encrypt(2, new int[20], none).length);
    }

    private static void assertProblem(Runnable action) {
        Problem problem = assertThrows(Problem.class, action::run);
        assertEquals(ProblemCode.INVALID_VALUE, problem.code());
    }
}
