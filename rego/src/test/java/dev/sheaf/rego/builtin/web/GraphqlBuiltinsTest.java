package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.Value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphqlBuiltinsTest {
    private static final String SCHEMA =
            """
            type Query {
              pet(id: ID!, kind: Kind = DOG): Pet
              dog: Dog
              cat: Cat
              pets(filter: Filter): [Pet!]!
              count(n: Int): Int
              price(f: Float): Float
            }
            type Mutation { rename(id: ID!, name: String!): Dog }
            type Subscription { one: Int two: Int }
            interface Pet { name: String! }
            type Dog implements Pet { name: String! barks(loud: Boolean): Boolean owner: Human }
            type Cat implements Pet { name: String! meows: Boolean age: Int }
            type Human { name: String dog: Dog }
            union Any = Dog | Cat | Human
            enum Kind { DOG CAT }
            input Filter { kind: Kind!, name: String = "x", inner: Filter }
            directive @tag(name: String!) on FIELD
            """;

    private final Calls calls = new Calls();

    private String faultOf(String query) {
        return calls.fault("graphql.parse", Calls.text(query), Calls.text(SCHEMA));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ dog { bark } } | Cannot query field \"bark\" on type \"Dog\". Did you mean"
                        + " \"barks\"?\\n"
                        + " in GraphQL query string at location 1:9",
                "{ pet(id: 1) { meows } } | Cannot query field \"meows\" on type \"Pet\". Did you"
                        + " mean to use an inline fragment on \"Cat\"?\\n"
                        + " in GraphQL query string at location 1:16",
                "{ dog { ... on Kind { __typename } name } } | Fragment cannot condition on non"
                        + " composite type \"Kind\" in GraphQL query string at location 1:13",
                "{ dog { name(x: 1) } } | Unknown argument \"x\" on field \"Dog.name\" in GraphQL"
                        + " query string at location 1:9",
                "{ dog @tag(name: \"a\", b: 1) { name } } | Unknown argument \"b\" on directive"
                        + " \"@tag\" in GraphQL query string at location 1:8",
                "{ dog @what { name } } | Unknown directive \"@what\" in GraphQL query string at"
                        + " location 1:8",
                "query @tag(name: \"a\") { dog { name } } | Directive \"@tag\" may not be used on"
                        + " QUERY in GraphQL query string at location 1:8",
                "{ dog { ...A } } | Unknown fragment \"A\" in GraphQL query string at location"
                        + " 1:12",
                "query ($x: What) { count(n: $x) } | Unknown type \"What\".\\ninput:1:29: Variable"
                    + " \"$x\" of type \"What\" used in position expecting type \"Int\" in GraphQL"
                    + " query string at location 1:8",
                "query ($x: Int) { count } | Variable \"$x\" is never used in GraphQL query string"
                        + " at location 1:8",
                "query Q { count(n: $y) } | Variable \"$y\" is not defined by operation \"Q\" in"
                        + " GraphQL query string at location 1:20",
                "{ count } fragment A on Dog { name } | Fragment \"A\" is never used in GraphQL"
                        + " query string at location 1:11",
                "{ dog { ...A } } fragment A on Dog { ...A } | Cannot spread fragment \"A\" within"
                        + " itself in GraphQL query string at location 1:41",
                "{ dog { ...C } } fragment C on Cat { age } | Fragment \"C\" cannot be spread here"
                    + " as objects of type \"Dog\" can never be of type \"Cat\" in GraphQL query"
                    + " string at location 1:12",
                "{ dog { ... on Cat { age } } } | Fragment cannot be spread here as objects of type"
                    + " \"Dog\" can never be of type \"Cat\" in GraphQL query string at location"
                    + " 1:13",
                "{ pet { name } } | Field \"pet\" argument \"id\" of type \"ID!\" is required, but"
                        + " it was not provided in GraphQL query string at location 1:3",
                "{ dog @tag { name } } | Directive \"@tag\" argument \"name\" of type \"String!\""
                    + " is required, but it was not provided in GraphQL query string at location"
                    + " 1:8",
                "{ count { __typename } } | Field \"count\" must not have a selection since type"
                        + " \"Int\" has no subfields in GraphQL query string at location 1:3",
                "{ dog } | Field \"dog\" of type \"Dog\" must have a selection of subfields. Did"
                        + " you mean \"dog { ... }\"?\\n"
                        + " in GraphQL query string at location 1:3",
                "subscription { one two } | Anonymous Subscription must select only one top level"
                        + " field in GraphQL query string at location 1:20",
                "{ count(n: 1, n: 2) } | There can be only one argument named \"n\" in GraphQL"
                        + " query string at location 1:15",
                "{ count @skip(if: true) @skip(if: true) } | The directive \"@skip\" can only be"
                        + " used once at this location in GraphQL query string at location 1:26",
                "query A { count } query A { count } | There can be only one operation named \"A\""
                        + " in GraphQL query string at location 1:19",
                "query ($n: Int, $n: Int) { count(n: $n) } | There can be only one variable named"
                        + " \"$n\" in GraphQL query string at location 1:17",
                "{ count(n: \"a\") } | Int cannot represent non-integer value: \"a\"\\n"
                        + " in GraphQL query string at location 1:13",
                "{ price(f: true) } | Float cannot represent non numeric value: true\\n"
                        + " in GraphQL query string at location 1:12",
                "{ pet(id: 1, kind: COW) { name } } | Value \"COW\" does not exist in \"Kind\""
                        + " enum. Did you mean the enum value \"DOG\" or \"CAT\"?\\n"
                        + " in GraphQL query string at location 1:20",
                "{ pet(id: 1, kind: \"DOG\") { name } } | Enum \"Kind\" cannot represent non-enum"
                        + " value: \"DOG\". Did you mean the enum value \"DOG\"?\\n"
                        + " in GraphQL query string at location 1:21",
                "{ pets(filter: {}) { name } } | Field \"Filter.kind\" of required type \"Kind!\""
                        + " was not provided in GraphQL query string at location 1:16",
                "{ pets(filter: {kind: DOG, nam: \"a\"}) { name } } | Field \"nam\" is not defined"
                        + " by type \"Filter\". Did you mean \"name\"?\\n"
                        + " in GraphQL query string at location 1:28",
                "{ pets(filter: {kind: DOG, kind: CAT}) { name } } | There can be only one input"
                        + " field named \"kind\" in GraphQL query string at location 1:28",
                "query ($d: Dog) { count(n: $d) } | Variable \"$d\" of type \"Dog\" used in"
                        + " position expecting type \"Int\".\\ninput:1:8: Variable \"$d\" cannot be"
                        + " non-input type \"Dog\" in GraphQL query string at location 1:28",
                "query ($i: ID) { pet(id: $i) { name } } | Variable \"$i\" of type \"ID\" used in"
                    + " position expecting type \"ID!\" in GraphQL query string at location 1:26",
                "{ a: count a: price } | Fields \"a\" conflict because \"count\" and \"price\" are"
                    + " different fields. Use different aliases on the fields to fetch both if this"
                    + " was intentional in GraphQL query string at location 1:12",
                "{ count(n: 1) count(n: 2) } | Fields \"count\" conflict because they have"
                    + " differing arguments. Use different aliases on the fields to fetch both if"
                    + " this was intentional in GraphQL query string at location 1:15",
                "{ dog { a: name } dog { a: barks } } | Fields \"dog\" conflict because subfields"
                    + " \"a\" conflict because \"name\" and \"barks\" are different fields. Use"
                    + " different aliases on the fields to fetch both if this was intentional in"
                    + " GraphQL query string at location 1:19"
            })
    void anInvalidQuerysFirstFaultIsToldWithItsPlace(String query, String expected) {
        assertEquals(expected.replace("\\n", "\n"), faultOf(query));
    }

    @Test
    void fieldsOfTypesThatExcludeEachOtherMayDifferButNotTheirTypes() {
        String fine = "{ pet(id: 1) { ... on Dog { x: name } ... on Cat { x: name } } }";
        assertEquals(
                BooleanValue.TRUE,
                calls.value("graphql.is_valid", Calls.text(fine), Calls.text(SCHEMA)));
        String wrong = "{ pet(id: 1) { ... on Dog { x: barks } ... on Cat { x: age } } }";
        assertTrue(
                faultOf(wrong).contains("they return conflicting types \"Boolean\" and \"Int\""));
    }

    @Test
    void fragmentsThatConflictAreFoundThroughOthers() {
        String query =
                """
                { dog { ...A ...B } }
                fragment A on Dog { ...C }
                fragment B on Dog { x: name }
                fragment C on Dog { x: barks }
                """;
        assertTrue(faultOf(query).startsWith("Fields \"x\" conflict because"));
    }

    @Test
    void manyFragmentsAreComparedInPairsOnly() {
        StringBuilder query = new StringBuilder("{ dog { ...F0 } }\n");
        for (int i = 0; i < 60; i++) {
            query.append("fragment F").append(i).append(" on Dog { owner { dog {");
            query.append(i < 59 ? "...F" + (i + 1) + " ...F" + (i + 1) : "name");
            query.append(" } } }\n");
        }
        calls.surroundings.stepsLeft = 1_000_000;
        assertEquals(
                BooleanValue.TRUE,
                calls.value("graphql.is_valid", Calls.text(query.toString()), Calls.text(SCHEMA)));
    }

    @Test
    void everythingThatIsWrongIsTold() {
        assertEquals(
                "Unknown argument \"long\" on field \"Query.count\".\n"
                        + "input:1:18: Unknown argument \"more\" on field \"Query.price\""
                        + " in GraphQL query string at location 1:3",
                faultOf("{ count(long: 1) price(more: 1) }"));
    }

    @Test
    void documentsThatWereParsedMayBeGivenAgain() {
        String query =
                """
                query Q($k: Kind = DOG, $n: [Int!]) @tag2 {
                  pet(id: "1", kind: $k) {
                    name
                    ... on Dog @include(if: true) { barks(loud: false) }
                    ...F
                  }
                  pets(filter: {kind: CAT, inner: {kind: DOG}}) { ... { name } }
                }
                fragment F on Cat { meows }
                """;
        Value parsed = calls.value("graphql.parse_query", Calls.text(query));
        String valid = query.replace("@tag2", "").replace(", $n: [Int!]", "");
        Value validParsed = calls.value("graphql.parse_query", Calls.text(valid));
        Value schema = calls.value("graphql.parse_schema", Calls.text(SCHEMA));
        ArrayValue verified =
                (ArrayValue) calls.value("graphql.parse_and_verify", validParsed, schema);
        assertEquals(BooleanValue.TRUE, verified.get(0));
        assertEquals(validParsed, verified.get(1));
        assertEquals(schema, verified.get(2));
        assertEquals("[false,{},{}]", calls.json("graphql.parse_and_verify", parsed, schema));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "type A { a: B } | Undefined type B.",
                "type A { a: Int } type A { b: Int } | Cannot redeclare type A.",
                "type A { __a: Int } | Name \"__a\" must not begin with \"__\", which is reserved"
                        + " by GraphQL introspection.",
                "type A { a: Int a: Int } | Field A.a can only be defined once.",
                "type A implements I { a: Int } interface I { b: Int } | For A to implement I it"
                        + " must have a field called b.",
                "type A implements I { a: Int } interface I { a: String } | For A to implement I"
                        + " the field a must have type String.",
                "type A implements I { a: Int } interface I { a(x: Int): Int } | For A to implement"
                        + " I the field a must have the same arguments but it is missing x.",
                "type A implements I { a(x: Int!): Int } interface I { a: Int } | For A to"
                        + " implement I any additional arguments on a must be optional or have a"
                        + " default value but x is required.",
                "type A { a(x: A): Int } | cannot use A as argument x because OBJECT is not a valid"
                        + " input type",
                "input A { a: B } type B { a: Int } | OBJECT a: field must be one of SCALAR, ENUM,"
                        + " INPUT_OBJECT.",
                "enum A { true } | ENUM A: non-enum value true.",
                "union A = Int | UNION type \"Int\" must be OBJECT.",
                "type A @what { a: Int } | Undefined directive what.",
                "type A @skip(if: true) { a: Int } | Directive skip is not applicable on OBJECT.",
                "directive @a(x: Int @a) on ARGUMENT_DEFINITION | Directive a cannot refer to"
                        + " itself.",
                "schema { query: A } | Schema root query refers to a type A that does not exist.",
                "type A { a: Int } extend enum A { B } | Cannot extend type A because the base type"
                        + " is a OBJECT, not ENUM.",
                "interface I implements J { a: Int } interface J { a: Int } type A implements I {"
                        + " a: Int } | Type A must implement J because it is implemented by I."
            })
    void anInvalidSchemaIsRefused(String schema, String fault) {
        assertEquals(
                BooleanValue.FALSE, calls.value("graphql.schema_is_valid", Calls.text(schema)));
        String told = calls.fault("graphql.parse", Calls.text("{ a }"), Calls.text(schema));
        assertTrue(
                told.startsWith("Error in gqlparser SchemaDocument to Schema conversion: input:"),
                told);
        assertTrue(told.endsWith(": " + fault), told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ a(b: 01) } | Unexpected <Invalid> in GraphQL string at location 1:9",
                "{ a ? } | Expected Name, found <Invalid> in GraphQL string at location 1:5",
                "{ a(b: \"x) } | Unexpected <Invalid> in GraphQL string at location 1:13",
                "query ($a Int) { a } | Expected :, found Name in GraphQL string at location 1:11",
                "{ a | Expected Name, found <EOF> in GraphQL string at location 1:4",
                "query ($a: [Int) { a } | Expected ], found ) in GraphQL string at location 1:16"
            })
    void whatIsNoQueryIsRefusedWithItsPlace(String query, String fault) {
        assertEquals(fault, calls.fault("graphql.parse_query", Calls.text(query)));
    }

    @Test
    void blocksOfTextLoseTheirCommonIndent() {
        String query = "{ a(b: \"\"\"\n    one\n      two \\\"\"\"\n\n    three\n  \"\"\") }";
        assertTrue(
                calls.json("graphql.parse_query", Calls.text(query))
                        .contains("\"Raw\":\"one\\n  two \\\"\\\"\\\"\\n\\nthree\""));
    }

    @Test
    void textsHaveTheirEscapesRead() {
        assertTrue(
                calls.json("graphql.parse_query", Calls.text("{ a(b: \"\\u00e9\\n\\\"\") }"))
                        .contains("\"Raw\":\"é\\n\\\"\""));
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{ a ".repeat(1_000) + "}".repeat(1_000);
        assertTrue(
                calls.fault("graphql.parse_query", Calls.text(deep))
                        .startsWith("nested deeper than 300 levels"));
        String list = "{ a(b: " + "[".repeat(10_000) + "]".repeat(10_000) + ") }";
        assertTrue(
                calls.fault("graphql.parse_query", Calls.text(list))
                        .startsWith("nested deeper than 300 levels"));
    }

    @Test
    void theSchemaCanBeAskedAboutItself() {
        String query =
                "{ __schema { types { name fields { name } } } __type(name: \"A\") { kind } }";
        assertEquals(
                BooleanValue.TRUE,
                calls.value("graphql.is_valid", Calls.text(query), Calls.text(SCHEMA)));
    }

    @Test
    void othersThanTextsAndObjectsAreNoDocuments() {
        assertEquals(
                "operand 0 must be one of {string, object} but got number",
                calls.fault("graphql.parse", "1", Calls.text(SCHEMA)));
        assertEquals("false", calls.json("graphql.is_valid", "1", Calls.text(SCHEMA)));
        assertEquals("false", calls.json("graphql.schema_is_valid", "[]"));
        assertEquals(
                "[false,{},{}]",
                calls.json("graphql.parse_and_verify", "{\"Operations\": 1}", "{}"));
    }
}
