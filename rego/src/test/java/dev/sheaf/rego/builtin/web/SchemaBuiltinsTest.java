package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

class SchemaBuiltinsTest {
    private final Calls calls = new Calls();

    /// The faults, each as `field: description (type)`.
    private List<String> faults(String document, String schema) {
        ArrayValue result = (ArrayValue) calls.value("json.match_schema", document, schema);
        List<String> faults =
                ((ArrayValue) result.get(1))
                        .items().stream().map(SchemaBuiltinsTest::shown).toList();
        assertEquals(BooleanValue.of(faults.isEmpty()), result.get(0));
        return faults;
    }

    private static String shown(Value value) {
        ObjectValue fault = (ObjectValue) value;
        String error = text(fault, "error");
        assertEquals(error, text(fault, "field") + ": " + text(fault, "desc"));
        return error + " (" + text(fault, "type") + ")";
    }

    private static String text(ObjectValue object, String field) {
        return ((StringValue) Objects.requireNonNull(object.get(field))).value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\": 1.5} | {\"properties\": {\"a\": {\"type\": \"integer\"}}} | a: Invalid"
                        + " type. Expected: integer, given: number (invalid_type)",
                "{\"a\": \"x\"} | {\"properties\": {\"a\": {\"type\": [\"integer\", \"null\"]}}} |"
                    + " a: Invalid type. Expected: [integer,null], given: string (invalid_type)",
                "[] | {\"type\": \"object\"} | (root): Invalid type. Expected: object, given: array"
                        + " (invalid_type)",
                "{} | {\"required\": [\"a\"]} | (root): a is required (required)",
                "{\"b\": {}} | {\"properties\": {\"b\": {\"required\": [\"c\"]}}} | b: c is"
                        + " required (required)",
                "{\"a\": 1} | {\"additionalProperties\": false} | (root): Additional property a is"
                        + " not allowed (additional_property_not_allowed)",
                "{\"a\": 1} | {\"additionalProperties\": {\"type\": \"string\"}} | a: Invalid type."
                        + " Expected: string, given: integer (invalid_type)",
                "{\"ab\": 1} | {\"patternProperties\": {\"^a\": {\"type\": \"string\"}}} | ab:"
                        + " Invalid type. Expected: string, given: integer (invalid_type)",
                "{\"a\": 1} | {\"dependencies\": {\"a\": [\"b\"]}} | (root): Has a dependency on b"
                        + " (missing_dependency)",
                "{} | {\"minProperties\": 1} | (root): Must have at least 1 properties"
                        + " (array_min_properties)",
                "{\"a\": 1} | {\"maxProperties\": 0} | (root): Must have at most 0 properties"
                        + " (array_max_properties)",
                "[1, \"a\"] | {\"items\": {\"type\": \"integer\"}} | 1: Invalid type. Expected:"
                        + " integer, given: string (invalid_type)",
                "[1, 2] | {\"items\": [{}], \"additionalItems\": false} | (root): No additional"
                        + " items allowed on array (array_no_additional_items)",
                "[1] | {\"minItems\": 2} | (root): Array must have at least 2 items"
                        + " (array_min_items)",
                "[1] | {\"maxItems\": 0} | (root): Array must have at most 0 items"
                        + " (array_max_items)",
                "[1, 2, 1.0] | {\"uniqueItems\": true} | (root): array items[0,2] must be unique"
                        + " (unique)",
                "[] | {\"contains\": {\"type\": \"integer\"}} | (root): At least one of the items"
                        + " must match (contains)",
                "{\"a\": \"x\"} | {\"properties\": {\"a\": {\"const\": \"y\"}}} | a: a does not"
                        + " match: \"y\" (const)",
                "{\"a\": 3} | {\"properties\": {\"a\": {\"enum\": [1, \"b\"]}}} | a: a must be one"
                        + " of the following: 1, \"b\" (enum)",
                "{\"a\": \"xy\"} | {\"properties\": {\"a\": {\"minLength\": 3}}} | a: String length"
                        + " must be greater than or equal to 3 (string_gte)",
                "{\"a\": \"xy\"} | {\"properties\": {\"a\": {\"maxLength\": 1}}} | a: String length"
                        + " must be less than or equal to 1 (string_lte)",
                "{\"a\": \"xy\"} | {\"properties\": {\"a\": {\"pattern\": \"^y\"}}} | a: Does not"
                        + " match pattern '^y' (pattern)",
                "{\"a\": \"xy\"} | {\"properties\": {\"a\": {\"format\": \"ipv4\"}}} | a: Does not"
                        + " match format 'ipv4' (format)",
                "{\"a\": 5} | {\"properties\": {\"a\": {\"multipleOf\": 0.3}}} | a: Must be a"
                        + " multiple of 0.3 (multiple_of)",
                "{\"a\": 5} | {\"properties\": {\"a\": {\"maximum\": 4}}} | a: Must be less than or"
                        + " equal to 4 (number_lte)",
                "{\"a\": 5} | {\"properties\": {\"a\": {\"exclusiveMaximum\": 5}}} | a: Must be"
                        + " less than 5 (number_lt)",
                "{\"a\": 5} | {\"properties\": {\"a\": {\"maximum\": 5, \"exclusiveMaximum\":"
                        + " true}}} | a: Must be less than 5 (number_lt)",
                "{\"a\": 5} | {\"properties\": {\"a\": {\"minimum\": 5.5}}} | a: Must be greater"
                        + " than or equal to 5.5 (number_gte)",
                "{\"a\": 5} | {\"properties\": {\"a\": {\"exclusiveMinimum\": 5}}} | a: Must be"
                        + " greater than 5 (number_gt)",
                "{} | {\"not\": {}} | (root): Must not validate the schema (not) (number_not)",
                "{\"a\": 1} | {\"properties\": {\"a\": false}} | a: False always fails validation"
                        + " (false)",
                "{} | {\"oneOf\": [{}, {}]} | (root): Must validate one and only one schema (oneOf)"
                        + " (number_one_of)"
            })
    void oneFaultIsToldInOpasWords(String document, String schema, String expected) {
        assertEquals(List.of(expected), faults(document, schema));
    }

    @Test
    void theClosestAlternativesFaultsAreTold() {
        String schema =
                """
                {"anyOf": [
                  {"type": "string"},
                  {"properties": {"a": {"type": "string"}, "b": {"type": "integer"}},
                   "required": ["a", "b"]}
                ]}
                """;
        assertEquals(
                List.of(
                        "(root): Must validate at least one schema (anyOf) (number_any_of)",
                        "a: Invalid type. Expected: string, given: integer (invalid_type)"),
                faults("{\"a\": 1, \"b\": 2}", schema));
    }

    @Test
    void conditionsChooseTheirBranch() {
        String schema =
                """
                {"if": {"properties": {"a": {"const": 1}}},
                 "then": {"required": ["b"]}, "else": {"required": ["c"]}}
                """;
        assertEquals(List.of(), faults("{\"a\": 1, \"b\": 2}", schema));
        assertEquals(
                List.of(
                        "(root): Must validate \"then\" as \"if\" was valid (condition_then)",
                        "(root): b is required (required)"),
                faults("{\"a\": 1}", schema));
        assertEquals(
                List.of(
                        "(root): Must validate \"else\" as \"if\" was not valid (condition_else)",
                        "(root): c is required (required)"),
                faults("{\"a\": 2}", schema));
    }

    @Test
    void referencesWithinTheDocumentAreFollowed() {
        String schema =
                """
                {"definitions": {
                   "a/b": {"type": "integer"},
                   "node": {"properties": {"next": {"$ref": "#/definitions/node"},
                                            "v": {"$ref": "#/definitions/a~1b"}}},
                   "named": {"$id": "#here", "type": "string"}},
                 "properties": {"n": {"$ref": "#/definitions/node"}, "h": {"$ref": "#here"}}}
                """;
        assertEquals(
                List.of("n.next.v: Invalid type. Expected: integer, given: string (invalid_type)"),
                faults("{\"n\": {\"next\": {\"v\": \"x\"}}}", schema));
        assertEquals(
                List.of("h: Invalid type. Expected: string, given: integer (invalid_type)"),
                faults("{\"h\": 1}", schema));
    }

    @Test
    void nothingIsFetched() {
        assertEquals(
                "remote reference loading disabled: https://example.org/s.json#/a",
                calls.fault(
                        "json.match_schema",
                        "{}",
                        "{\"$ref\": \"https://example.org/s.json#/a\"}"));
        assertEquals(
                "[false,\"jsonschema: remote reference loading disabled: file:///etc/passwd\"]",
                calls.json("json.verify_schema", "{\"$ref\": \"file:///etc/passwd\"}"));
        assertEquals(
                "[false,\"jsonschema: Reference other.json must be canonical\"]",
                calls.json("json.verify_schema", "{\"$ref\": \"other.json\"}"));
    }

    @Test
    void referencesThatGoRoundForeverEnd() {
        assertTrue(
                calls.fault("json.match_schema", "{}", "{\"$ref\": \"#\"}")
                        .contains("deeper than"));
        assertEquals("[true,null]", JsonValues.text(verified(450)));
        assertTrue(JsonValues.text(verified(800)).contains("nested too deeply"));
    }

    private Value verified(int levels) {
        ObjectValue schema = ObjectValue.EMPTY;
        for (int i = 0; i < levels; i++) {
            schema = new ObjectValue.Builder().put("not", schema).build();
        }
        return calls.value("json.verify_schema", schema);
    }

    @Test
    void namesOfPropertiesAreChecked() {
        assertEquals(
                List.of(
                        "(root): Property name of \"ab\" does not match (invalid_property_name)",
                        "(root): String length must be less than or equal to 1 (string_lte)"),
                faults("{\"ab\": 1}", "{\"propertyNames\": {\"maxLength\": 1}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"type\": 1} | Invalid type. Expected: type, given: string/array of strings",
                "{\"type\": [\"null\", \"null\"]} | null type is duplicated",
                "{\"properties\": []} | properties must be of type object",
                "{\"properties\": {\"a\": 1}} | Expected: schema, given: Invalid JSON",
                "{\"required\": \"a\"} | required must be of an array",
                "{\"required\": [1]} | Invalid type. Expected: string, given: required",
                "{\"required\": [\"a\", \"a\"]} | required items must be unique",
                "{\"minLength\": -1} | minLength must be greater than or equal to 0",
                "{\"minLength\": 1.5} | minLength must be of an integer",
                "{\"minLength\": 2, \"maxLength\": 1} | minLength cannot be greater than maxLength",
                "{\"pattern\": \"(\"} | pattern must be a valid regex",
                "{\"patternProperties\": {\"(\": {}}} | Invalid regex pattern '('",
                "{\"multipleOf\": 0} | multipleOf must be strictly greater than 0",
                "{\"minimum\": \"a\"} | minimum must be of a number",
                "{\"exclusiveMinimum\": true} | exclusiveMinimum cannot be used without minimum",
                "{\"uniqueItems\": 1} | uniqueItems must be of a boolean",
                "{\"not\": 1} | not must be of an object",
                "{\"enum\": [1, 1]} | enum items must be unique",
                "{\"$ref\": \"#/a\"} | Object has no key 'a'",
                "{\"$schema\": 1} | $schema must be of type string",
                "[] | schema is invalid"
            })
    void schemasThatAreNoneAreRefused(String schema, String fault) {
        assertEquals(
                ArrayValue.of(BooleanValue.FALSE, Calls.text("jsonschema: " + fault)),
                calls.value("json.verify_schema", schema));
    }

    @Test
    void theDraftDecidesWhatKeywordsMean() {
        String four = "{\"$schema\": \"http://json-schema.org/draft-04/schema#\", \"const\": 1}";
        assertEquals(List.of(), faults("{}", four));
        String six = "{\"$schema\": \"http://json-schema.org/draft-06/schema#\", \"const\": 1}";
        assertEquals(1, faults("{}", six).size());
        assertEquals(
                "[false,\"jsonschema: Invalid type. Expected: boolean, given: exclusiveMinimum\"]",
                calls.json(
                        "json.verify_schema",
                        "{\"$schema\": \"http://json-schema.org/draft-04/schema#\","
                                + " \"exclusiveMinimum\": 1}"));
    }

    @Test
    void operandsMustBeDocuments() {
        assertEquals(
                "invalid JSON string", calls.fault("json.match_schema", Calls.text("{"), "{}"));
        assertEquals(
                "wrong type, expected string or object",
                calls.fault("json.match_schema", "1", "{}"));
        assertEquals(
                "[false,\"jsonschema: wrong type, expected string or object\"]",
                calls.json("json.verify_schema", "null"));
        assertEquals("[true,[]]", calls.json("json.match_schema", Calls.text("3"), "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "date | 2024-02-29 | 2023-02-29",
                "time | 23:59:59Z | 24:00:00",
                "date-time | 2024-01-02T03:04:05.6+01:00 | 2024-01-02T03:04:05",
                "hostname | a-b.example | -a.example",
                "email | a.b@example.org | a.b@",
                "email | A B <a@example.org> | @example.org",
                "ipv6 | ::1 | 1.2.3.4",
                "uri | urn:a:b | /a/b",
                "uri-reference | /a?b#c | a%zz",
                "uri-template | /a/{b} | /a/{b",
                "uuid | 01234567-89AB-cdef-0123-456789abcdef | 0123",
                "regex | a(b) | a(b",
                "json-pointer | /a~1b | /a~2",
                "relative-json-pointer | 1/a | 01/a",
                "whatever | anything | -"
            })
    void formatsAreChecked(String format, String right, String wrong) {
        assertTrue(SchemaFormats.has(format, right), right);
        if (wrong != null) {
            assertEquals(false, SchemaFormats.has(format, wrong), wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "5, 5",
        "-2.50, -2.5",
        "100000, 100000",
        "1234567890, 1234567890",
        "12345678901, 1.23456789e+10",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1E+30, 1e+30"
    })
    void limitsAreShownWithTenDigits(String number, String expected) {
        assertEquals(expected, SchemaNumbers.text(new BigDecimal(number)));
    }
}
