package dev.sheaf.context.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Duration;
import java.util.List;

final class SchemaValidatorTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static SchemaValidator compiled(String schema) {
        return assertInstanceOf(
                        Compilation.Compiled.class,
                        SchemaValidator.compile(json(schema)),
                        () -> SchemaValidator.compile(json(schema)).toString())
                .validator();
    }

    private static String refused(String schema) {
        return assertInstanceOf(Compilation.Refused.class, SchemaValidator.compile(json(schema)))
                .faults()
                .toString();
    }

    /// Schema, a value that is valid, one that is not.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'type':'integer'} | 1.0 | 1.5
                    {'type':'integer'} | 1e400 | 1e-400
                    {'type':['string','null']} | null | 0
                    {'enum':[1,'a',{'x':[1]}]} | {'x':[1.0]} | {'x':[2]}
                    {'const':2.0} | 2 | '2'
                    {'const':null} | null | false
                    {'minimum':1.5} | 1.5 | 1.4999999999999999999999
                    {'exclusiveMinimum':3} | 3.0000000000000000000001 | 3
                    {'maximum':9007199254740992} | 9007199254740992 | 9007199254740993
                    {'exclusiveMaximum':0} | -1 | 0.0
                    {'multipleOf':0.01} | 19.99 | 19.999
                    {'multipleOf':3} | 3e300 | 1e300
                    {'multipleOf':1e-300} | 7 | 1e-301
                    {'maxLength':2} | '😀😀' | '😀😀😀'
                    {'minLength':2} | '😀😀' | '😀'
                    {'pattern':'^a+$'} | 'aaa' | 'aaa\\n'
                    {'pattern':'\\\\d{2}'} | 'x42' | 'x٤٢'
                    {'pattern':'^\\\\u0041.$'} | 'AB' | 'A\\u2028'
                    {'format':'date-time'} | '2026-02-28T23:59:60Z' | '2026-02-29T00:00:00Z'
                    {'format':'date'} | '2028-02-29' | '2027-02-29'
                    {'format':'email'} | 'a.b@example.org' | 'a..b@example.org'
                    {'format':'uuid'} | '0190a5e0-7b1c-7cc0-8a51-2f4d3c1e9b00' | '0190a5e07b1c-7cc0-8a51-2f4d3c1e9b000'
                    {'format':'uri'} | 'urn:a:b' | '/a/b'
                    {'format':'hostname'} | 'not checked !' | #
                    {'required':['a']} | {'a':null} | {'b':1}
                    {'properties':{'a':{'type':'string'}}} | {'b':1} | {'a':1}
                    {'patternProperties':{'^x-':{'type':'string'}},'additionalProperties':false} | {'x-a':'1'} | {'y':'1'}
                    {'properties':{'a':true},'additionalProperties':{'type':'null'}} | {'a':1,'b':null} | {'b':1}
                    {'propertyNames':{'maxLength':1}} | {'a':1} | {'ab':1}
                    {'minProperties':1,'maxProperties':1} | {'a':1} | {}
                    {'dependentRequired':{'a':['b']}} | {'b':1} | {'a':1}
                    {'dependentSchemas':{'a':{'required':['b']}}} | {'a':1,'b':1} | {'a':1}
                    {'items':{'type':'integer'}} | [1,2] | [1,'2']
                    {'prefixItems':[{'type':'integer'}],'items':false} | [1] | [1,2]
                    {'contains':{'const':1},'minContains':2,'maxContains':2} | [1,1.0,2] | [1,1,1]
                    {'contains':{'const':1},'minContains':0} | [] | #
                    {'uniqueItems':true} | [1,'1',true,[1],{'a':1}] | [{'a':1,'b':2},{'b':2.0,'a':1.0}]
                    {'minItems':1,'maxItems':2} | [1] | [1,2,3]
                    {'allOf':[{'minimum':1},{'maximum':3}]} | 2 | 4
                    {'anyOf':[{'type':'string'},{'minimum':3}]} | 'a' | 2
                    {'oneOf':[{'multipleOf':2},{'multipleOf':3}]} | 4 | 6
                    {'not':{'type':'null'}} | 1 | null
                    {'if':{'properties':{'a':{'const':1}},'required':['a']},'then':{'required':['b']},'else':{'required':['c']}} | {'a':1,'b':1} | {'a':1,'c':1}
                    {'$ref':'#/$defs/a~1b','$defs':{'a/b':{'type':'null'}}} | null | 1
                    {'$ref':'#here','$defs':{'x':{'$anchor':'here','type':'null'}}} | null | 1
                    {'$ref':'#/$defs/a%20b','$defs':{'a b':{'type':'null'}}} | null | 1
                    {'properties':{'next':{'$ref':'#'}},'additionalProperties':false} | {'next':{'next':{}}} | {'next':{'other':1}}
                    true | 1 | #
                    false | # | 1
                    {'$ref':'#/$defs/n','minimum':5,'$defs':{'n':{'type':'integer'}}} | 5 | 4
                    """)
    void keywordsMeanWhatTheSpecificationSays(String schema, String valid, String invalid) {
        SchemaValidator validator = compiled(schema);
        if (!valid.equals("#")) {
            assertTrue(
                    validator.accepts(json(valid)),
                    () -> validator.violations(json(valid)).toString());
            assertEquals(List.of(), validator.violations(json(valid)));
        }
        if (!invalid.equals("#")) {
            assertFalse(validator.accepts(json(invalid)));
            assertFalse(validator.violations(json(invalid)).isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'$ref':'https://example.org/x'} | references lead to places in the same schema
                    {'$ref':'#/$defs/y','$defs':{'x':{}}} | did you mean '#/$defs/x'
                    {'properties':{'a':{'$dynamicRef':'#a'}}} | write $ref
                    {'unevaluatedProperties':false} | write additionalProperties
                    {'requierd':['a']} | did you mean 'required'
                    {'type':'strin'} | did you mean 'string'
                    {'minimum':'1'} | a number
                    {'minLength':-1} | a whole number of at least 0
                    {'multipleOf':0} | a number above zero
                    {'enum':[]} | a list of at least one
                    {'pattern':'(?=a)b'} | cannot be matched in bounded time
                    {'pattern':'(a)\\\\1'} | cannot be matched in bounded time
                    {'pattern':'a('} | cannot be used
                    {'pattern':'((a{0,100}){0,100}){0,100}'} | /pattern
                    {'properties':{'a':5}} | where a schema is needed
                    {'$ref':'#'} | without going into a member
                    {'allOf':[{'$ref':'#/$defs/a'}],'$defs':{'a':{'anyOf':[{'$ref':'#/$defs/b'}]},'b':{'not':{'$ref':'#/$defs/a'}}}} | without going into a member
                    {'$schema':'http://json-schema.org/draft-07/schema#'} | 2020-12
                    [] | where a schema is needed
                    """)
    void whatCannotBeCheckedIsRefusedWithAWayOut(String schema, String expected) {
        assertTrue(refused(schema).contains(expected), refused(schema));
    }

    @Test
    void allFaultsComeInOneReport() {
        String faults = refused("{'type':'x','properties':{'a':{'minimum':'1'},'b':{'foo':1}}}");
        assertTrue(
                faults.contains("/type")
                        && faults.contains("/properties/a/minimum")
                        && faults.contains("/properties/b/foo"),
                faults);
    }

    @Test
    void violationsSayWhereAndWhatIsAllowed() {
        SchemaValidator validator =
                compiled(
                        "{'properties':{'list':{'items':{'type':'integer'}},'stat/us':{'enum':['on','off']}},"
                            + "'required':['id'],'additionalProperties':false}");
        List<Violation> violations =
                validator.violations(json("{'list':[1,'x'],'stat/us':'onn','lst':1}"));
        assertEquals(
                List.of("required", "additionalProperties", "enum", "type").stream()
                        .sorted()
                        .toList(),
                violations.stream().map(Violation::keyword).sorted().toList(),
                violations.toString());
        assertTrue(
                violations.toString().contains("/list/1 is 'x', of type string; allowed: integer"),
                violations.toString());
        assertTrue(
                violations.toString().contains("/stat~1us is 'onn'; allowed: \"on\", \"off\""),
                violations.toString());
        assertTrue(violations.toString().contains("did you mean 'list'"), violations.toString());
        assertTrue(violations.toString().contains("lacks 'id'"), violations.toString());
    }

    @Test
    void aPlaceTakesWhatItsSurroundingsSayOfItAlone() {
        SchemaValidator validator =
                compiled(
                        """
                        {'$ref':'#/$defs/base','$defs':{'base':{'properties':{
                           'list':{'type':'array','items':{'allOf':[{'properties':{'n':{'type':'integer'}}}],
                                                           'properties':{'n':{'maximum':9}}}},
                           'pair':{'prefixItems':[{'type':'string'}],'items':{'type':'integer'}},
                           'tree':{'$ref':'#/$defs/tree'}},
                           'patternProperties':{'^x':{'type':'null'}},'additionalProperties':{'type':'boolean'}},
                          'tree':{'type':'object','additionalProperties':{'$ref':'#/$defs/tree'}}},
                         'if':{'required':['list']},'then':{'properties':{'other':{'const':true}}},
                         'required':['list']}
                        """);
        Place n =
                validator.at(List.of(new Step.Key("list"), new Step.Element(7), new Step.Key("n")));
        assertTrue(n.accepts(json("9")));
        assertFalse(n.accepts(json("10")), "properties beside allOf");
        assertFalse(n.accepts(json("1.5")), "properties within allOf");
        assertFalse(validator.root().member("x1").accepts(json("1")), "patternProperties");
        assertFalse(validator.root().member("other").accepts(json("1")), "additionalProperties");
        assertTrue(
                validator.root().member("other").accepts(json("false")), "then is for documents");
        assertFalse(validator.accepts(json("{'list':[],'other':false}")));
        assertTrue(
                validator.root().member("pair").element().accepts(json("{}")),
                "an element of unknown index");
        assertFalse(validator.root().accepts(json("{}")), "the root is a place too");
        Place tree = validator.root().member("tree");
        assertSame(
                tree.member("a").member("b"), tree.member("c").member("d"), "finitely many places");
        assertTrue(
                n.violations(json("10")).toString().contains("the value is '10'"),
                n.violations(json("10")).toString());
    }

    @Test
    void aNameThatNoSchemaKnowsCostsNoMemory() {
        SchemaValidator validator =
                compiled("{'properties':{'a':true},'additionalProperties':{'type':'string'}}");
        Place first = validator.root().member("naughty");
        for (int index = 0; index < 1000; index++) {
            assertSame(first, validator.root().member("name" + index));
        }
    }

    @Test
    void catastrophicPatternsAreMatchedInLinearTime() {
        SchemaValidator validator = compiled("{'pattern':'^(a+)+$|^(a|a)*$|^(.*)*,(.*)*$'}");
        String text = "a".repeat(20_000) + "!";
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertFalse(validator.accepts(JsonNodeFactory.instance.stringNode(text))));
    }

    @Test
    void patternsAreBoundedAloneTogetherAndAgainstLongTexts() {
        StringBuilder properties = new StringBuilder();
        for (int index = 0; index < 3_000; index++) {
            String separator = index == 0 ? "" : ",";
            properties
                    .append(separator)
                    .append("'x%d':{'pattern':'%d(a{1,30}){1,30}'}".formatted(index, index));
        }
        assertTrue(refused("{'properties':{" + properties + "}}").contains("is one too many"));
        assertTrue(
                refused("{'pattern':'(abcdefghij){0,1000}'}").contains("steps; 5000 are allowed"));
        SchemaValidator validator = compiled("{'pattern':'^(a{0,30}){0,30}$'}");
        JsonNode text = JsonNodeFactory.instance.stringNode("a".repeat(1_000_000));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertFalse(validator.accepts(text)));
        assertEquals("work", validator.violations(text).getFirst().keyword());
    }

    @Test
    void multiplyingAlternativesEndAsAViolation() {
        SchemaValidator validator =
                compiled(
                        "{'anyOf':[{'additionalProperties':{'$ref':'#'}},{'additionalProperties':{'$ref':'#'}},"
                            + "{'additionalProperties':{'$ref':'#'}}],'not':{'const':'never'}}");
        JsonNode value = JsonNodeFactory.instance.stringNode("never");
        for (int depth = 0; depth < 60; depth++) {
            value = JsonNodeFactory.instance.objectNode().set("a", value);
        }
        JsonNode document = value;
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    assertFalse(validator.accepts(document));
                    assertEquals("work", validator.violations(document).getLast().keyword());
                });
    }

    @Test
    void endlessNestingEndsAsAViolation() {
        SchemaValidator validator = compiled("{'items':{'$ref':'#'}}");
        ArrayNode nested = JsonNodeFactory.instance.arrayNode();
        for (int depth = 0; depth < 10_000; depth++) {
            nested = JsonNodeFactory.instance.arrayNode().add(nested);
        }
        assertFalse(validator.accepts(nested));
        assertEquals("work", validator.violations(nested).getFirst().keyword());
    }

    @Test
    void aSchemaOfEndlessNestingIsRefused() {
        JsonNode schema = JsonNodeFactory.instance.booleanNode(true);
        for (int depth = 0; depth < 5_000; depth++) {
            schema = JsonNodeFactory.instance.objectNode().set("not", schema);
        }
        JsonNode nested = schema;
        assertInstanceOf(Compilation.Refused.class, SchemaValidator.compile(nested));
    }
}
