package dev.sheaf.context.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Classification;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.document.Region;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What each kind of field makes of patches.
final class FieldKindPatchTest {
    private final Region region =
            new Region(
                    new ActorTable(),
                    "aws/us-east-1",
                    new FieldRule(
                            FieldKind.STRUCTURE,
                            FieldRule.LAST_WRITER_WINS,
                            Classification.INTERNAL,
                            Arrays.stream(FieldKind.values())
                                    .collect(
                                            Collectors.toMap(
                                                    kind ->
                                                            kind.name()
                                                                    .toLowerCase(
                                                                            java.util.Locale.ROOT),
                                                    FieldKindPatchTest::rule))));

    private static FieldRule rule(FieldKind kind) {
        return new FieldRule(kind, FieldRule.LAST_WRITER_WINS, Classification.INTERNAL, Map.of());
    }

    private Event patch(String operations) {
        return region.patch(operations.replace('\'', '"'));
    }

    private void shows(String expected) {
        assertEquals(expected, region.view().toString().replace('"', '\''));
    }

    private Problem refused(String operations) {
        String before = region.view().toString();
        Problem problem = assertThrows(Problem.class, () -> patch(operations));
        assertEquals(before, region.view().toString(), "a refused patch changes nothing");
        return problem;
    }

    @Test
    void theExampleOfTheSpecificationWorksOnAnEmptyDocument() {
        patch(
                "[{'type':'ADD','path':'/conversation/-','value':{'role':'user','content':'hello'}}]");
        patch("[{'type':'ADD','path':'/conversation/1','value':{'role':'model'}}]");
        shows("{'conversation':[{'role':'user','content':'hello'},{'role':'model'}]}");
    }

    @Test
    void declaredFieldsNeedNoContainerAroundThem() {
        patch("[{'op':'increment','path':'/counter','value':2.5}]");
        patch(
                "[{'op':'append','path':'/set','value':'b'},{'op':'add','path':'/set/-','value':'a'}]");
        patch("[{'op':'append','path':'/text','value':'ab'}]");
        shows("{'counter':2.5,'set':['a','b'],'text':'ab'}");
    }

    @Test
    void aTextIsEditedWhereItChanged() {
        patch("[{'op':'add','path':'/text','value':'The quick fox'}]");
        Event event = patch("[{'op':'replace','path':'/text','value':'The slow fox'}]");
        Op.Delete delete = assertInstanceOf(Op.Delete.class, event.ops().getFirst());
        assertEquals(5, delete.runs().stream().mapToInt(Op.Run::count).sum());
        assertEquals(4, event.width());
        patch("[{'op':'add','path':'/text/3','value':','},{'op':'remove','path':'/text/0'}]");
        shows("{'text':'he, slow fox'}");
    }

    @Test
    void textIsCountedInCodePoints() {
        patch("[{'op':'add','path':'/text','value':'a😀b'}]");
        patch("[{'op':'add','path':'/text/2','value':'-'}]");
        shows("{'text':'a😀-b'}");
    }

    @Test
    void aMoveInsideAListIsOneMove() {
        patch("[{'op':'add','path':'/list','value':[1,2,3,4]}]");
        Event event = patch("[{'op':'move','from':'/list/0','path':'/list/2'}]");
        assertInstanceOf(Op.Move.class, event.ops().getFirst());
        assertEquals(1, event.ops().size());
        shows("{'list':[2,3,1,4]}");
        patch("[{'op':'move','from':'/list/3','path':'/list/0'}]");
        shows("{'list':[4,2,3,1]}");
        patch("[{'op':'move','from':'/list/0','path':'/list/-'}]");
        shows("{'list':[2,3,1,4]}");
    }

    @Test
    void aTurnWithAKnownKeyIsLeftOut() {
        patch("[{'op':'append','path':'/conversation','value':{'idempotencyKey':'k','t':1}}]");
        Event again =
                patch(
                        "[{'op':'append','path':'/conversation','value':{'idempotencyKey':'k','t':2}}]");
        assertTrue(again.ops().isEmpty());
        shows("{'conversation':[{'idempotencyKey':'k','t':1}]}");
    }

    @Test
    void anImmutableFieldIsWrittenOnce() {
        patch("[{'op':'add','path':'/immutable','value':{'a':1}}]");
        for (String operation :
                List.of(
                        "{'op':'add','path':'/immutable','value':2}",
                        "{'op':'replace','path':'/immutable/a','value':2}",
                        "{'op':'remove','path':'/immutable'}",
                        "{'op':'move','from':'/immutable','path':'/x'}")) {
            assertEquals(ProblemCode.IMMUTABLE_FIELD, refused("[" + operation + "]").code());
        }
        region.write(Region.json("{\"immutable\":{\"a\":1},\"x\":1}"));
        shows("{'immutable':{'a':1},'x':1}");
    }

    @Test
    void aRegisterIsWrittenAsAWhole() {
        patch("[{'op':'add','path':'/register','value':{'a':[1,2]}}]");
        Event event = patch("[{'op':'add','path':'/register/a/1','value':9}]");
        Op.Assign assign = assertInstanceOf(Op.Assign.class, event.ops().getFirst());
        assertEquals("{\"a\":[1,9,2]}", assign.value().toString());
        assertEquals(1, assign.path().size());
        patch("[{'op':'append','path':'/register/a','value':3}]");
        shows("{'register':{'a':[1,9,2,3]}}");
    }

    @Test
    void eachOperationSeesTheOutcomeOfThoseBefore() {
        patch(
                "[{'op':'add','path':'/a','value':{}},{'op':'add','path':'/a/b','value':[1]},"
                    + "{'op':'add','path':'/a/b/0','value':0},{'op':'test','path':'/a/b/1','value':1.0},"
                    + "{'op':'copy','from':'/a/b','path':'/c'},{'op':'remove','path':'/a/b/0'},"
                    + "{'op':'move','from':'/c/1','path':'/a/d'}]");
        shows("{'a':{'b':[1],'d':1},'c':[0]}");
    }

    @Test
    void aTestThatFailsRefusesThePatchAndTellsWhich() {
        patch("[{'op':'add','path':'/a','value':1}]");
        Problem problem =
                refused("[{'op':'add','path':'/b','value':1},{'op':'test','path':'/a','value':2}]");
        assertEquals(ProblemCode.CONFLICT, problem.code());
        assertEquals(1, problem.details().get("operation"));
        assertEquals("/a", problem.details().get("pointer"));
    }

    @Test
    void aWholeDocumentWritesOnlyWhatChanged() {
        region.write(
                Region.json(
                        "{\"a\":{\"b\":1,\"c\":[1,2,3]},\"set\":[\"x\"],\"text\":\"abc\",\"counter\":1,\"gone\":0}"));
        Event event =
                region.write(
                        Region.json(
                                "{\"a\":{\"b\":1,\"c\":[1,9,2,3]},\"set\":[\"x\",\"y\"],\"text\":\"abxc\",\"counter\":1}"));
        assertEquals(
                List.of("Remove", "Insert", "Include", "Insert"),
                event.ops().stream().map(op -> op.getClass().getSimpleName()).toList());
        assertEquals(2, event.width());
        assertTrue(region.write(region.view()).ops().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':'increment','path':'/a','value':1} | INVALID_VALUE",
                "{'op':'increment','path':'/counter','value':'1'} | INVALID_VALUE",
                "{'op':'add','path':'/counter','value':'1'} | INVALID_VALUE",
                "{'op':'add','path':'/set','value':1} | INVALID_VALUE",
                "{'op':'add','path':'/text/0','value':1} | INVALID_VALUE",
                "{'op':'append','path':'/nowhere','value':1} | NOT_FOUND",
                "{'op':'append','path':'/a','value':1} | INVALID_VALUE",
                "{'op':'remove','path':'/nowhere'} | NOT_FOUND",
                "{'op':'add','path':'/nowhere/x','value':1} | NOT_FOUND",
                "{'op':'add','path':'/l/01','value':1} | INVALID_VALUE",
                "{'op':'add','path':'/l/5','value':1} | INVALID_VALUE",
                "{'op':'replace','path':'/l/5','value':1} | NOT_FOUND",
                "{'op':'remove','path':'/l/-'} | INVALID_VALUE",
                "{'op':'move','from':'/o','path':'/o/p'} | INVALID_VALUE",
                "{'op':'add','path':'a','value':1} | INVALID_VALUE",
                "{'op':'add','path':'/a~2','value':1} | INVALID_VALUE",
                "{'op':'add','path':'/b'} | BAD_REQUEST",
                "{'op':'move','path':'/b'} | BAD_REQUEST",
                "{'op':'fly','path':'/b'} | BAD_REQUEST",
                "7 | BAD_REQUEST"
            })
    void refusesWithTheRightCode(String operation, ProblemCode code) {
        region.write(Region.json("{\"a\":1,\"l\":[1],\"o\":{}}"));
        assertEquals(code, refused("[" + operation + "]").code());
    }

    @Test
    void tooManyOperationsAreRefused() {
        String one = "{\"op\":\"add\",\"path\":\"/a\",\"value\":1}";
        Problem problem =
                assertThrows(
                        Problem.class,
                        () -> region.patch("[" + (one + ",").repeat(1000) + one + "]"));
        assertEquals(ProblemCode.TOO_LARGE, problem.code());
    }

    @Test
    void tenThousandLevelsAreRefusedWithoutOverflow() {
        tools.jackson.databind.JsonNode deep = Region.json("1");
        for (int level = 0; level < 10_000; level++) {
            deep = tools.jackson.databind.node.JsonNodeFactory.instance.arrayNode().add(deep);
        }
        tools.jackson.databind.JsonNode value = deep;
        assertEquals(
                ProblemCode.INVALID_VALUE,
                assertThrows(Problem.class, () -> region.write(value)).code());
        String pointer = "/a".repeat(10_000);
        assertEquals(
                ProblemCode.INVALID_VALUE,
                assertThrows(
                                Problem.class,
                                () ->
                                        region.patch(
                                                "[{\"op\":\"add\",\"path\":\""
                                                        + pointer
                                                        + "\",\"value\":1}]"))
                        .code());
    }

    @Test
    void listsOfAMillionElementsAreEditedInTheMiddle() {
        tools.jackson.databind.node.ArrayNode array =
                tools.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        for (int index = 0; index < 1_000_000; index++) {
            array.add(index);
        }
        region.write(
                tools.jackson.databind.node.JsonNodeFactory.instance.objectNode().set("l", array));
        patch("[{'op':'add','path':'/l/500000','value':'x'}]");
        patch("[{'op':'remove','path':'/l/0'}]");
        assertEquals(1_000_000, region.view().get("l").size());
        assertEquals("x", region.view().get("l").get(499_999).stringValue());
    }
}
