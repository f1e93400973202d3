package dev.sheaf.governance.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tokens, hashes, covers and coarser values.
final class MasksTest {
    private static final byte[] KEY = new byte[32];

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111 1111 1111",
                "ann.o'neil@example.com",
                "DE89 3704 0044 0532 0130 00",
                "+49 (0)30 1234-567",
                "Jürgen Groß",
                "Željko Šarić",
                "ΑΓΛΑΝΤΖΙΑ Ελένη",
                "Владимир Ёлкин",
                "山田太郎様",
                "김철수박영희",
                "שלום עליכם",
                "000000",
                "999999",
                "zzzzz",
                "a1B2-c3D4_\uD83D\uDE00"
            })
    void tokensKeepTheFormAndGoBack(String text) {
        TokenMask mask = new TokenMask(KEY, "customers.id");
        String token = mask.mask(text);
        assertNotEquals(text, token);
        assertEquals(text, mask.unmask(token));
        assertEquals(token, mask.mask(text));
        assertEquals(text.length(), token.length());
        int[] before = text.codePoints().toArray();
        int[] after = token.codePoints().toArray();
        for (int i = 0; i < before.length; i++) {
            assertEquals(Alphabet.of(before[i]), Alphabet.of(after[i]), "character " + i);
            assertEquals(Character.isDigit(before[i]), Character.isDigit(after[i]));
            assertEquals(Character.isUpperCase(before[i]), Character.isUpperCase(after[i]));
            if (Alphabet.of(before[i]).isEmpty()) {
                assertEquals(before[i], after[i]);
            }
        }
        assertNotEquals(token, new TokenMask(KEY, "orders.id").mask(text), "another scope");
        byte[] other = KEY.clone();
        other[31] = 1;
        assertNotEquals(token, new TokenMask(other, "customers.id").mask(text), "another key");
    }

    @Test
    void differentTextsHaveDifferentTokens() {
        TokenMask mask = new TokenMask(KEY, "x");
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            tokens.add(mask.mask(String.format("%06d", i)));
        }
        assertEquals(20_000, tokens.size());
        assertTrue(tokens.stream().allMatch(token -> token.matches("\\d{6}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "abcd", "--- ---", "A-1", "ნინო გელაშვილი"})
    void whatHasTooFewFormsOrAnUnknownScriptIsRefused(String text) {
        Problem problem = assertThrows(Problem.class, () -> new TokenMask(KEY, "x").mask(text));
        assertFalse(!text.isEmpty() && problem.message().contains(text), "the value is not shown");
    }

    @Test
    void veryLongTextsAreRefused() {
        TokenMask mask = new TokenMask(KEY, "x");
        assertEquals("1".repeat(512), mask.unmask(mask.mask("1".repeat(512))));
        assertThrows(Problem.class, () -> mask.mask("1".repeat(513)));
    }

    @Test
    void everyAlphabetIsOfOneKind() {
        for (Alphabet alphabet : Alphabet.values()) {
            boolean isUpper = Character.isUpperCase(alphabet.point(0));
            for (int i = 0; i < alphabet.size(); i++) {
                int point = alphabet.point(i);
                assertEquals(i, alphabet.index(point));
                assertEquals(alphabet, Alphabet.of(point).orElseThrow());
                assertTrue(Character.isLetterOrDigit(point), alphabet + " " + point);
                assertEquals(isUpper, Character.isUpperCase(point), alphabet + " " + point);
            }
        }
    }

    /// HMAC-SHA-256 under 32 zero bytes over 00000001, `c` and `ann`, computed with another
    /// implementation.
    @Test
    void hashesAreTheSpecifiedOnes() {
        assertEquals("90b35cf42d0a6735bb2e36b7bec95059", new HashMask(KEY, "c", 32).mask("ann"));
        assertEquals(
                "90b35cf42d0a6735bb2e36b7bec95059".substring(0, 16),
                new HashMask(KEY, "c", 16).mask("ann"));
        assertEquals(64, new HashMask(KEY, "", 64).mask("").length());
        assertNotEquals(
                new HashMask(KEY, "ca", 32).mask("nn"), new HashMask(KEY, "c", 32).mask("ann"));
        assertThrows(Problem.class, () -> new HashMask(new byte[31], "c", 32));
        for (int digits : new int[] {0, 14, 17, 66}) {
            assertThrows(Problem.class, () -> new HashMask(KEY, "c", digits));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, false, Margaret, M******t",
        "0, 4, false, 4111111111111111, ************1111",
        "0, 4, true, 4111-1111-1111-1111, ****-****-****-1111",
        "2, 2, false, abcdefg, *******",
        "2, 2, false, abcdefgh, ab****gh",
        "0, 0, false, abc, ***",
        "3, 0, true, '--', '--'",
        "0, 0, false, '', ''",
        "1, 0, true, ann@example.com, a**@*******.***"
    })
    void theEndsStayAndTheMiddleIsCovered(
            int first, int last, boolean keepsPunctuation, String text, String covered) {
        assertEquals(covered, new PartialMask(first, last, '*', keepsPunctuation).mask(text));
    }

    @Test
    void coversWholeCharacters() {
        assertEquals("\uD83D\uDE00•••", new PartialMask(1, 0, '•', false).mask("\uD83D\uDE00abc"));
        assertEquals("e\u0301****", new PartialMask(1, 0).mask("e\u0301te\u0301s"));
        assertThrows(Problem.class, () -> new PartialMask(-1, 0));
        assertThrows(Problem.class, () -> new PartialMask(0, 65));
        assertThrows(Problem.class, () -> new PartialMask(0, 0, 'x', false));
        assertThrows(Problem.class, () -> new PartialMask(0, 0, -1, false));
        assertThrows(Problem.class, () -> new PartialMask(0, 0, '\n', false));
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2024-02-29, 2024-02-29, 2024-02-29",
        "MONTH, 2024-02-29, 2024-02-01, 2024-02",
        "QUARTER, 2024-02-29, 2024-01-01, 2024-Q1",
        "QUARTER, 2024-12-31, 2024-10-01, 2024-Q4",
        "QUARTER, 2024-04-01, 2024-04-01, 2024-Q2",
        "YEAR, 2024-12-31, 2024-01-01, 2024",
        "YEAR, 0007-05-05, 0007-01-01, 0007",
        "MONTH, -0044-03-15, -0044-03-01, -0044-03"
    })
    void datesBecomeTheFirstDayOfTheirPeriod(
            DateMask mask, LocalDate date, LocalDate coarse, String label) {
        assertEquals(coarse, mask.mask(date));
        assertEquals(label, mask.label(date));
        assertEquals(
                coarse.atStartOfDay(), mask.mask(LocalDateTime.of(date, java.time.LocalTime.MAX)));
    }

    @Test
    void numbersBecomeBuckets() {
        NumberMask tens = new NumberMask.Width(BigDecimal.TEN, BigDecimal.ZERO);
        assertEquals("[30, 40)", tens.mask(new BigDecimal("39.999")).toString());
        assertEquals("[40, 50)", tens.mask(new BigDecimal("40")).toString());
        assertEquals("[-10, 0)", tens.mask(new BigDecimal("-0.001")).toString());
        assertEquals("[-20, -10)", tens.mask(new BigDecimal("-10.5")).toString());
        NumberMask fine = new NumberMask.Width(new BigDecimal("0.25"), new BigDecimal("0.1"));
        assertEquals("[0.35, 0.60)", fine.mask(new BigDecimal("0.35")).toString());
        assertEquals(
                "[1000000000000000000000, 1000000000000000000010)",
                tens.mask(new BigDecimal("1e21")).toString());
        NumberMask ages =
                new NumberMask.Bounds(
                        List.of(new BigDecimal(18), new BigDecimal(30), new BigDecimal(65)));
        assertEquals("< 18", ages.mask(new BigDecimal("17.9")).toString());
        assertEquals("[18, 30)", ages.mask(new BigDecimal("18.0")).toString());
        assertEquals("[30, 65)", ages.mask(new BigDecimal("64")).toString());
        assertEquals(">= 65", ages.mask(new BigDecimal("65")).toString());
        assertThrows(Problem.class, () -> new NumberMask.Width(BigDecimal.ZERO, BigDecimal.ONE));
        assertThrows(Problem.class, () -> new NumberMask.Bounds(List.of()));
        assertThrows(
                Problem.class,
                () -> new NumberMask.Bounds(List.of(BigDecimal.ONE, new BigDecimal("1.0"))));
    }
}
