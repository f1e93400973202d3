package dev.sheaf.contract.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

final class DocumentReaderTest {
    private static Parsed parse(String text) {
        return DocumentReader.read(new Source("test.yaml", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Node tree(String text) {
        Parsed parsed = parse(text);
        return assertInstanceOf(Parsed.Tree.class, parsed, parsed::toString).root();
    }

    private static Finding fault(String text) {
        return fault(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Finding fault(byte[] bytes) {
        Parsed parsed = DocumentReader.read(new Source("test.yaml", bytes));
        return assertInstanceOf(Parsed.Broken.class, parsed, parsed::toString).fault();
    }

    private static Node value(String scalar) {
        return Pointers.find(tree("a: " + scalar), "/a").orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "yes,true",
        "No,false",
        "ON,true",
        "off,false",
        "True,true",
        "FALSE,false",
    })
    void readsBooleansOfYaml11(String text, boolean expected) {
        assertEquals(expected, assertInstanceOf(Node.Flag.class, value(text)).value());
    }

    @ParameterizedTest
    @CsvSource({
        "12,12",
        "-7,-7",
        "1_000,1000",
        "010,8",
        "0x1F,31",
        "0b101,5",
        "1.50,1.5",
        ".5,0.5",
        "1.0e+3,1000",
        "1:30,90",
        "190:20:30,685230",
    })
    void readsNumbersOfYaml11(String text, String expected) {
        Node.Number number = assertInstanceOf(Node.Number.class, value(text));
        assertEquals(0, number.value().compareTo(new java.math.BigDecimal(expected)));
        assertEquals(text, number.written());
    }

    @ParameterizedTest
    @CsvSource({
        "1e3",
        "0o17",
        "2022-10-03",
        "2022-05-12T09:30:10-08:00",
        "09:30",
        "1.0.0",
        "yEs",
        "12a",
        "+",
        ".",
        "0x",
        "_1",
        ".inf",
    })
    void leavesEverythingElseText(String text) {
        assertInstanceOf(Node.Text.class, value(text));
    }

    @Test
    void remarksWhereTheVersionsOfYamlDiffer() {
        Parsed.Tree parsed = (Parsed.Tree) parse("a: yes\nb: true\nc: 010\nd: 1e3\ne: \"no\"\n");
        assertEquals(3, parsed.remarks().size());
        assertEquals(new Position(1, 4), parsed.remarks().getFirst().at());
    }

    @Test
    void knowsWhereEverythingStands() {
        Node root = tree("a: 1\nb:\n  - x: 1\n    ключ: [p, q]\n");
        assertEquals(new Position(4, 5), Pointers.locate(root, "/b/0/ключ"));
        assertEquals(new Position(4, 15), Pointers.find(root, "/b/0/ключ/1").orElseThrow().at());
        assertEquals(new Position(2, 1), Pointers.locate(root, "/b/7/none"));
    }

    @Test
    void readsJsonWithItsOwnEscapesAndTabs() {
        Node root = tree("{\"a\":\t\"\\ud83d\\ude00\\/\",\n \"n\": 1e2}");
        assertEquals(
                new Node.Text(new Position(1, 7), "😀/"), Pointers.find(root, "/a").orElseThrow());
        assertInstanceOf(Node.Number.class, Pointers.find(root, "/n").orElseThrow());
    }

    @Test
    void readsAFlowMappingThatIsNotJson() {
        assertInstanceOf(Node.Mapping.class, tree("{a: b, c: [1, 2]}"));
    }

    @Test
    void aFaultInAJsonFileHasItsPlace() {
        Parsed parsed =
                DocumentReader.read(
                        new Source("x.json", "{\n \"a\": }".getBytes(StandardCharsets.UTF_8)));
        Finding fault = assertInstanceOf(Parsed.Broken.class, parsed).fault();
        assertEquals(2, fault.at().line());
    }

    @Test
    void ignoresAByteOrderMark() {
        assertEquals(Position.START, tree("\uFEFFa: 1").at());
    }

    @Test
    void mergesAsYaml11Has() {
        Node root = tree("base: &b {x: 1, y: 2}\nmade:\n  <<: *b\n  y: 3\n");
        Node.Mapping made = (Node.Mapping) Pointers.find(root, "/made").orElseThrow();
        assertEquals("3", ((Node.Number) made.get("y").orElseThrow()).written());
        assertEquals("1", ((Node.Number) made.get("x").orElseThrow()).written());
    }

    @Test
    void refusesADoubledKeyAndNamesTheFirst() {
        Finding fault = fault("a: 1\nb: 2\na: 3\n");
        assertEquals("duplicate-key", fault.keyword());
        assertEquals(new Position(3, 1), fault.at());
        assertTrue(fault.message().contains("line 1"), fault.message());
        assertEquals("duplicate-key", fault("{\"a\": 1, \"a\": 2}").keyword());
    }

    @Test
    void refusesAliasesThatExplode() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 12; level++) {
            String before = "*a" + (level - 1);
            bomb.append(
                    String.format(
                            "a%d: &a%d [%s]%n",
                            level,
                            level,
                            String.join(", ", java.util.Collections.nCopies(10, before))));
        }
        Finding fault =
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> fault(bomb.toString()));
        assertEquals("size", fault.keyword());
        assertEquals(6, fault.at().line());
    }

    @Test
    void refusesAnchorsInsideThemselves() {
        assertEquals("alias", fault("a: &x\n  b: *x\n").keyword());
        assertEquals(new Position(2, 6), fault("a: &x\n  b: *x\n").at());
        assertEquals("alias", fault("a: *nowhere").keyword());
    }

    @Test
    void refusesDepthWithoutOverflowingTheStack() {
        for (String opened : new String[] {"[", "{a: ", "{\"a\":", "- "}) {
            Finding fault =
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(10), () -> fault(opened.repeat(40_000)));
            assertTrue(
                    fault.keyword().equals("depth") || fault.keyword().equals("syntax"),
                    fault::toString);
        }
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertEquals("size", fault(new byte[DocumentReader.BYTES_MAX + 1]).keyword());
        String many = "[" + "0,".repeat(DocumentReader.NODES_MAX) + "0]";
        assertEquals("size", fault(many).keyword());
    }

    @Test
    void longLinesEndSoon() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    String line = "a: \"" + "x".repeat(DocumentReader.LINE_CHARACTERS_MAX - 10);
                    tree(line + "\"");
                    assertEquals("size", fault("b: 1\n" + line.repeat(9) + "\"").keyword());
                    tree("{\"a\": \"" + "x".repeat(8 << 20) + "\"}");
                });
    }

    @Test
    void refusesControlCharactersAndBrokenUtf8WithTheirPlace() {
        assertEquals(new Position(2, 5), fault("a: 1\nb: x\u0000y").at());
        Finding broken = fault(new byte[] {'a', ':', ' ', '\n', 'b', ':', ' ', (byte) 0xC3, '('});
        assertEquals("encoding", broken.keyword());
        assertEquals(new Position(2, 4), broken.at());
        assertTrue(broken.message().contains("0xC3"), broken.message());
        assertEquals("encoding", fault("a: 1".getBytes(StandardCharsets.UTF_16)).keyword());
        assertEquals(
                "encoding", fault(new byte[] {'a', ':', ' ', (byte) 0xE2, (byte) 0x82}).keyword());
    }

    @Test
    void refusesTabsAsIndentationWithTheirPlace() {
        Finding fault = fault("a:\n\tb: 1\n");
        assertEquals("syntax", fault.keyword());
        assertEquals(2, fault.at().line());
    }

    @Test
    void refusesASecondDocumentButNotMarkers() {
        assertEquals(new Position(3, 1), fault("---\na: 1\n---\nb: 2\n").at());
        tree("---\na: 1\n...\n");
    }

    @Test
    void refusesEmptyTextAndForeignTags() {
        assertEquals("empty", fault("").keyword());
        assertEquals("empty", fault("# nothing\n").keyword());
        assertEquals("tag", fault("a: !!python/object:os.system x").keyword());
        assertEquals("key", fault("? [a, b]\n: 1\n").keyword());
    }

    /// Whatever the bytes are, there is an answer and no exception.
    @Test
    void survivesDamagedDocuments() {
        Random random = new Random(20261120);
        byte[] good =
                "kind: DataContract\nschema:\n  - &a {name: t, x: [1, 'b']}\n  - *a\n\"q\": |\n  text\n"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] alphabet = "{}[]:,-&*!|>'\"#%@`\n\t <~?\\x0\u0000".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = good.clone();
            for (int hit = random.nextInt(4); hit >= 0; hit--) {
                bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            Parsed parsed = DocumentReader.read(new Source("test.yaml", bytes));
            assertTrue(parsed instanceof Parsed.Tree || parsed instanceof Parsed.Broken);
        }
    }

    @Test
    void anEmptyMappingIsAMapping() {
        assertEquals(Map.of(), ((Node.Mapping) tree("{}")).members());
    }
}
