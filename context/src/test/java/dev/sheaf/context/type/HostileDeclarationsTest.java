package dev.sheaf.context.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/// Whatever a text holds, reading it ends soon, with findings.
final class HostileDeclarationsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static String refused(String yaml) {
        ContextTypeReading reading =
                assertTimeoutPreemptively(SOON, () -> ContextTypeReader.read(yaml, "hostile"));
        return assertInstanceOf(ContextTypeReading.Refused.class, reading).findings().toString();
    }

    @Test
    void aliasesThatMultiplyAreCounted() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 30; level++) {
            String below = "*a" + (level - 1);
            yaml.append(
                    "a%d: &a%d [%s%s]\n".formatted(level, level, below, (", " + below).repeat(9)));
        }
        assertTrue(refused(yaml.toString()).contains("aliases written out"));
        assertTrue(refused("a: &a [*a]").contains("a cycle"));
    }

    @Test
    void nestingIsBounded() {
        assertTrue(refused("[".repeat(10_000)).contains("levels deep"));
        assertTrue(refused("{a: ".repeat(10_000)).contains("levels deep"));
        assertTrue(refused("- ".repeat(10_000)).contains("levels deep"));
        StringBuilder block = new StringBuilder();
        for (int level = 0; level < 1_000; level++) {
            block.append(" ".repeat(level)).append("a:\n");
        }
        assertTrue(refused(block.toString()).contains("levels deep"));
    }

    @Test
    void sizeIsBounded() {
        assertTrue(refused("a: x\n".repeat(1_000_000)).contains("characters"));
        assertTrue(refused("a: " + "x".repeat(900_000)).contains("the line has"));
        assertTrue(refused("- a\n".repeat(200_000)).contains("values"));
        StringBuilder keys = new StringBuilder();
        for (int key = 0; key < 40_000; key++) {
            keys.append("k").append(key).append(": 1\n");
        }
        String findings = refused(keys.toString());
        assertTrue(findings.length() < 100_000, "findings are bounded too: " + findings.length());
    }

    @Test
    void fieldsThatMultiplyAreBounded() {
        StringBuilder fields = new StringBuilder("fields:\n");
        for (int star = 0; star < 20; star++) {
            StringBuilder path = new StringBuilder();
            for (int step = 0; step < 20; step++) {
                path.append('/').append(step == star ? "n" + star : "*");
            }
            fields.append("  ").append(path).append(": {classification: pii}\n");
        }
        String open =
                Declarations.SMALL.replace(
                        "additionalProperties: false", "additionalProperties: true");
        assertTrue(refused(open + fields).contains("use fewer *"));
    }

    @Test
    void brokenAndEmptyTextsAreFindings() {
        for (String text :
                new String[] {
                    "",
                    "   ",
                    "\n\n",
                    "---\n---\n",
                    "a",
                    "5",
                    "[]",
                    "- a",
                    "{",
                    "a: b: c",
                    "\t",
                    "%YAML 9.9\n--- a",
                    "? [a]\n: b",
                    "a: &x",
                    "\u0000",
                    "\ud800",
                    "<<: {a: b}",
                    "!!python/object x",
                    "'",
                    "a: |+\n",
                    "--- >\n"
                }) {
            refused(text);
        }
    }

    @Test
    void randomDamageNeverThrows() {
        long seed = Long.getLong("sheaf.seed", new Random().nextLong());
        Random random = new Random(seed);
        String text = Declarations.text(Declarations.examples().getLast());
        String marks = "{}[]:,-&*!|>'\"%@`#\n \t/~0x\u0001é😀";
        for (int round = 0; round < 1_000; round++) {
            StringBuilder damaged = new StringBuilder(text);
            for (int count = 1 + random.nextInt(5); count > 0; count--) {
                int at = random.nextInt(damaged.length());
                damaged.setCharAt(at, marks.charAt(random.nextInt(marks.length())));
            }
            try {
                ContextTypeReader.read(damaged.toString(), "damaged");
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    @Test
    void naughtyStringsAreNamesAndValuesLikeOthers() {
        Path file =
                Path.of(System.getProperty("sheaf.testdata", "testdata"))
                        .resolve("naughty-strings/blns.json");
        Assumptions.assumeTrue(Files.exists(file), () -> "no test data at " + file);
        JsonMapper json = JsonMapper.shared();
        for (JsonNode each : json.readTree(file.toFile())) {
            String naughty = each.stringValue();
            for (String key : new String[] {"name", "domain", "ttl", "resolver", "subject"}) {
                ContextTypeReader.read(
                        Declarations.SMALL + key + "2: " + json.writeValueAsString(naughty), "x");
                ContextTypeReader.read(
                        Declarations.SMALL.replaceFirst("(?m)^domain:.*", "")
                                + "domain: "
                                + json.writeValueAsString(naughty),
                        "x");
            }
            if (naughty.isEmpty() || naughty.equals("*")) {
                continue;
            }
            var schema =
                    json.createObjectNode()
                            .set(
                                    "properties",
                                    json.createObjectNode()
                                            .set(
                                                    naughty,
                                                    json.createObjectNode().put("const", naughty)));
            var declaration = json.createObjectNode();
            declaration.put("apiVersion", "sheaf.dev/v1").put("kind", "ContextType");
            declaration.put("name", "a").put("domain", "d").put("description", naughty);
            declaration
                    .putArray("versions")
                    .addObject()
                    .put("version", "1.0")
                    .set("schema", schema);
            declaration.putObject("residency").put("scope", "all");
            declaration
                    .putObject("fields")
                    .putObject(dev.sheaf.context.json.JsonPointers.append("", naughty))
                    .put("classification", "pii");
            String yaml = json.writeValueAsString(declaration);
            ContextTypeReading reading = ContextTypeReader.read(yaml, "naughty");
            if (reading
                    instanceof
                    ContextTypeReading.Refused(String source, java.util.List<Finding> findings)) {
                // Control characters that YAML does not allow, whatever JSON says.
                assertTrue(findings.toString().contains("is not YAML"), source + findings + yaml);
                continue;
            }
            ContextType type = reading.orThrow();
            assertEquals(naughty, type.description());
            assertEquals(
                    dev.sheaf.context.Classification.PII,
                    type.fieldRules().member(naughty).classification());
            assertTrue(
                    type.validator()
                            .root()
                            .member(naughty)
                            .accepts(json.createObjectNode().stringNode(naughty)));
            assertEquals(
                    1,
                    type.validator()
                            .violations(json.createObjectNode().put(naughty, naughty + "x"))
                            .size());
        }
    }
}
