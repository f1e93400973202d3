package dev.sheaf.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlyphsTest {
    @ParameterizedTest
    @CsvSource({
        "abc, 3",
        "'', 0",
        "Zürich, 6",
        "東京, 4",
        "한국어, 6",
        "ｆｕｌｌ, 8",
        "e\u0301tude, 5",
        "👍, 2",
        "👨‍👩‍👧‍👦, 2",
        "❤️, 2",
        "🇩🇪, 2",
        "½ ± ∅, 5",
        "…, 1"
    })
    void countsTheColumnsThatATerminalUses(String text, int columns) {
        assertEquals(columns, Glyphs.columns(text));
    }

    @Test
    void cutsBetweenClustersAndNeverBeyondTheWidth() {
        assertEquals("abc", Glyphs.cut("abc", 3));
        assertEquals("ab…", Glyphs.cut("abcd", 3));
        assertEquals("東…", Glyphs.cut("東京都", 4));
        assertEquals("…", Glyphs.cut("👨‍👩‍👧‍👦x", 2));
    }

    @Test
    void spellsOutWhatWouldSteerATerminal() {
        assertEquals("a\\u001b[31mb", Glyphs.harmless("a\u001b[31mb"));
        assertEquals("one\\ntwo\\tthree\\r", Glyphs.harmless("one\ntwo\tthree\r"));
        assertEquals("\\u202eabc", Glyphs.harmless("\u202eabc"));
        assertEquals("plain ü 東", Glyphs.harmless("plain ü 東"));
    }

    @Test
    void keepsLineEndsInMessages() {
        assertEquals("one\n    two\\u0007", Glyphs.harmlessLines("one\r\n\ttwo\u0007"));
    }
}
