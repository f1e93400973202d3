package dev.sheaf.node.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.TextFunction;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.governance.decision.Mask;
import dev.sheaf.governance.decision.MaskSql;
import dev.sheaf.governance.mask.TextTokens;
import dev.sheaf.kernel.ByteSize;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Tokens as a worker computes them.
final class MaskTokensTest {
    private static final MaskSql MASKS = new MaskSql("00112233445566778899aabbccddeeff");

    @TempDir private Path folder;

    /// What a list of SQL values becomes, one after another.
    private List<String> tokens(String... literals) {
        EngineConfig config =
                EngineConfig.in(folder.resolve("engine"))
                        .withFunctions(
                                List.of(new TextFunction(MaskSql.TOKENISE, 2, TextTokens.class)));
        SessionSpec spec =
                new SessionSpec(
                        SessionSpec.Purpose.QUERY,
                        ByteSize.ofMebibytes(512),
                        1,
                        folder,
                        List.of(),
                        List.of());
        List<String> shown = new ArrayList<>();
        try (WorkerEngine engine = new WorkerEngine(config);
                EngineSession session = engine.open(spec)) {
            session.query(
                            "SELECT "
                                    + MASKS.expression(new Mask.Tokenise(), "t", "VARCHAR")
                                    + " FROM (VALUES ("
                                    + String.join("), (", literals)
                                    + ")) AS v(t)")
                    .rows()
                    .forEach(row -> shown.add(String.valueOf(row.getFirst())));
        }
        return shown;
    }

    @Test
    void aTokenIsOfTheFormOfItsText() {
        List<String> shown =
                tokens(
                        "'4111-1111'",
                        "'Anna.Berg@example.org'",
                        "NULL",
                        "'4111-1111'",
                        "'+49 30 901820'");
        assertTrue(shown.get(0).matches("[0-9]{4}-[0-9]{4}"), shown.get(0));
        assertNotEquals("4111-1111", shown.get(0));
        assertTrue(
                shown.get(1).matches("[A-Z][a-z]{3}[.][A-Z][a-z]{3}@[a-z]{7}[.][a-z]{3}"),
                shown.get(1));
        assertEquals("null", shown.get(2));
        assertEquals(shown.get(0), shown.get(3));
        assertTrue(shown.get(4).matches("[+][0-9]{2} [0-9]{2} [0-9]{6}"), shown.get(4));
    }

    @Test
    void differentTextsOfAFormHaveDifferentTokens() {
        String[] literals = new String[3_000];
        for (int i = 0; i < literals.length; i++) {
            literals[i] = "'%07d'".formatted(i * 31);
        }
        List<String> shown = tokens(literals);
        assertEquals(literals.length, new HashSet<>(shown).size());
    }

    @Test
    void aTextThatHasTooFewOfItsFormIsHashed() {
        List<String> shown = tokens("'ab'", "''", "'" + "x".repeat(600) + "'", "'ab'");
        assertTrue(shown.get(0).matches("[0-9a-f]{2}"), shown.get(0));
        assertEquals("", shown.get(1));
        assertEquals(600, shown.get(2).length());
        assertFalse(shown.get(2).contains("xx"));
        assertEquals(shown.get(0), shown.get(3));
    }
}
