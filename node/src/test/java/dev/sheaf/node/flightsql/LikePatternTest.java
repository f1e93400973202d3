package dev.sheaf.node.flightsql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Random;
import java.util.regex.Pattern;

/// Patterns of names.
final class LikePatternTest {
    @Test
    void percentIsAnyTextAndUnderlineAnyOne() {
        assertTrue(new LikePattern("%").matches(""));
        assertTrue(new LikePattern("s_les").matches("sales"));
        assertFalse(new LikePattern("s_les").matches("saales"));
        assertTrue(new LikePattern("%a%e%").matches("sales"));
        assertFalse(new LikePattern("Sales").matches("sales"));
        assertFalse(new LikePattern("").matches("sales"));
        assertTrue(new LikePattern("").matches(""));
    }

    @Test
    void aBackslashMakesThemPlain() {
        assertTrue(new LikePattern("a\\_b").matches("a_b"));
        assertFalse(new LikePattern("a\\_b").matches("axb"));
        assertTrue(new LikePattern("a\\%").matches("a%"));
        assertTrue(new LikePattern("a\\\\b").matches("a\\b"));
        assertTrue(new LikePattern("a\\").matches("a\\"));
    }

    @Test
    void meansWhatARegularExpressionMeans() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            String like = text(random, "ab%_");
            String text = text(random, "ab");
            String regex = like.replace("%", ".*").replace("_", ".");
            assertEquals(
                    Pattern.matches(regex, text),
                    new LikePattern(like).matches(text),
                    like + " of " + text);
        }
    }

    @Test
    @Timeout(10)
    void noPatternTakesForever() {
        assertFalse(new LikePattern("%a".repeat(200) + "b").matches("a".repeat(20_000)));
    }

    private static String text(Random random, String letters) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
