package dev.sheaf.schemas.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.schemas.Incompatibility;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What one JSON Schema allows of what another does, beyond the published cases.
final class JsonComparisonTest {
    private static List<Incompatibility> breaks(String reader, String writer) {
        return JsonComparison.between(read(reader), read(writer));
    }

    private static JsonSchema read(String text) {
        return JsonSchema.read(text.replace('\'', '"'), Map.of());
    }

    private static void covers(String reader, String writer) {
        assertEquals(List.of(), breaks(reader, writer));
    }

    private static void breaksAt(String path, String reader, String writer) {
        List<Incompatibility> found = breaks(reader, writer);
        assertTrue(found.stream().anyMatch(each -> each.path().equals(path)), found::toString);
    }

    @Test
    void aClosedObjectMayGetAnOptionalPropertyAndAnOpenOneMayNot() {
        String one = "{'type':'object','properties':{'a':{'type':'string'}}%s}";
        String two =
                "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}}%s}";
        String closed = ",'additionalProperties':false";
        covers(two.formatted(closed), one.formatted(closed));
        breaksAt("#/properties/b", two.formatted(""), one.formatted(""));
        breaksAt("#/properties/b", one.formatted(closed), two.formatted(closed));
    }

    @Test
    void alternativesAreHeldAgainstEachOther() {
        covers("{'type':['string','null']}", "{'anyOf':[{'type':'null'},{'enum':['a','b']}]}");
        covers("{'enum':['a','b',1]}", "{'enum':[1.0,'a']}");
        breaksAt("#", "{'enum':['a']}", "{'enum':['a','b']}");
        covers("{'oneOf':[{'type':'string'},{'type':'null'}]}", "{'type':'string'}");
        breaksAt("#", "{'oneOf':[{'type':'string'},{'maxLength':3}]}", "{'type':'string'}");
        covers(
                "{'oneOf':[{'properties':{'k':{'const':'a'}},'required':['k']},"
                        + "{'properties':{'k':{'const':'b'}},'required':['k']}]}",
                "{'type':'object','properties':{'k':{'const':'a'}},'required':['k']}");
        covers("{'type':'integer','minimum':0}", "{'type':'number','multipleOf':2,'minimum':4}");
        covers("{'not':{'type':'string'}}", "{'type':'integer'}");
        breaksAt("#", "{'not':{'type':'integer'}}", "{'type':'number'}");
    }

    @Test
    void recursiveSchemasAreComparedToTheirEnd() {
        String tree =
                "{'$defs':{'n':{'type':'object','required':['v'],'additionalProperties':false,"
                        + "'properties':{'v':{'type':'%s'},'l':{'$ref':'#/$defs/n'},"
                        + "'r':{'anyOf':[{'type':'null'},{'$ref':'#/$defs/n'}]}}}},"
                        + "'$ref':'#/$defs/n'}";
        covers(tree.formatted("number"), tree.formatted("integer"));
        breaksAt("#/properties/v", tree.formatted("integer"), tree.formatted("number"));
        covers("{'$ref':'#'}", "{'type':'string'}");
    }

    @Test
    void whatCannotBeProvedIsRefused() {
        String ahead = "{'type':'string','pattern':'^(?=a)b'}";
        covers(ahead, ahead);
        breaksAt("#", ahead, "{'type':'string'}");
        breaksAt("#", "{'unevaluatedProperties':false}", "{'type':'object'}");
        covers("{'unevaluatedProperties':false}", "{'unevaluatedProperties':false}");
        String wide =
                IntStream.range(0, 14)
                        .mapToObj(i -> "{'anyOf':[{'minimum':" + i + "},{'maximum':-" + i + "}]}")
                        .collect(Collectors.joining(",", "{'type':'integer','allOf':[", "]}"));
        breaksAt("#", "{'type':'integer','multipleOf':7}", wide);
        covers(wide, wide);
    }

    @Test
    void referencesLeadIntoOtherDocuments() {
        JsonSchema page = read("{'$id':'http://x/page.json','$defs':{'t':{'type':'string'}}}");
        JsonSchema click =
                JsonSchema.read(
                        "{\"properties\":{\"t\":{\"$ref\":\"page.json#/$defs/t\"}}}",
                        Map.of("page.json", page));
        assertEquals(
                List.of(),
                JsonComparison.between(
                        click, read("{'type':'object','properties':{'t':{'enum':['a']}}}")));
        assertTrue(
                JsonComparison.between(click, read("{'properties':{'t':{'type':'integer'}}}"))
                        .stream()
                        .anyMatch(each -> each.path().equals("#/properties/t")));
        assertThrows(Problem.class, () -> read("{'$ref':'page.json'}"));
        assertThrows(Problem.class, () -> read("{'$ref':'#/$defs/none'}"));
    }

    @Test
    void largeAndOddSchemasEnd() {
        String many =
                IntStream.range(0, 20_000)
                        .mapToObj(i -> "'c" + i + "':{'type':'string'}")
                        .collect(Collectors.joining(",", "{'properties':{", "}}"));
        covers(many, many.replace("'properties'", "'title':'x','properties'"));
        String values =
                IntStream.range(0, 20_000)
                        .mapToObj(i -> "'v" + i + "'")
                        .collect(Collectors.joining(",", "{'enum':[", "]}"));
        covers(values, values.replace("{'enum'", "{'title':'x','enum'"));
        String patterns =
                IntStream.range(0, 2_000)
                        .mapToObj(i -> "'^c" + i + "':{'type':'string'}")
                        .collect(
                                Collectors.joining(
                                        ",",
                                        many.substring(0, many.length() - 1)
                                                + ",'patternProperties':{",
                                        "}}"));
        assertEquals("TOO_LARGE", breaks(patterns, many).getFirst().kind());
        covers("{'type':'number'}", "{'type':'number','multipleOf':1e-999999,'minimum':1e999999}");
        assertThrows(Problem.class, () -> read("{".repeat(5000)));
        assertThrows(Problem.class, () -> read("{'not':".repeat(300) + "{}" + "}".repeat(300)));
        assertThrows(Problem.class, () -> read("{'type':'string','type':'null'}"));
        assertThrows(Problem.class, () -> read("[]"));
        assertThrows(Problem.class, () -> read(""));
        assertThrows(Problem.class, () -> read("{'$schema':'http://example.com/mine'}"));
    }
}
