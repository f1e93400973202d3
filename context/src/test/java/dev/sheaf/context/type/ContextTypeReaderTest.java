package dev.sheaf.context.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.Classification;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Lane;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

final class ContextTypeReaderTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    static List<Path> examples() {
        return Declarations.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValid(Path file) {
        ContextType type = Declarations.accepted(Declarations.text(file));
        assertEquals(file.getFileName().toString(), type.name() + ".yaml");
    }

    @Test
    void everyPropertyArrives() {
        ContextType type =
                Declarations.accepted(
                        Declarations.text(
                                Declarations.repository()
                                        .resolve("examples/context/support.conversation.yaml")));
        assertEquals("support", type.domain().value());
        assertEquals(
                List.of("1.0", "1.1"),
                type.versions().stream().map(SchemaVersion::version).toList());
        assertEquals("1.1", type.newest().version());
        assertEquals(Lane.CRITICAL, type.delivery().staleness());
        assertEquals(Optional.of(Duration.ofDays(90)), type.delivery().ttl());
        assertTrue(type.delivery().audited());
        assertEquals(Delivery.Acknowledge.SYNCED, type.delivery().acknowledge());
        assertEquals(200_000, type.limits().listElementsMax());
        assertEquals(100, type.limits().depthMax());
        assertEquals(
                Optional.of("c-1"),
                type.subjectOf(JSON.readTree("{\"customer\":{\"id\":\"c-1\"}}")));
        assertEquals(Optional.empty(), type.subjectOf(JSON.readTree("{}")));
        FieldRule messages = type.fieldRules().member("conversation").member("messages");
        assertEquals(FieldKind.CONVERSATION, messages.kind());
        assertEquals(Classification.INTERNAL, messages.element().member("role").classification());
        assertEquals(Classification.PII, messages.element().member("content").classification());
        assertEquals(Classification.PII, messages.highest());
        assertEquals("escalate:support-review", type.fieldRules().member("priority").resolver());
        assertEquals("lww", type.fieldRules().member("status").resolver());
        assertTrue(type.validator().accepts(JSON.readTree("{\"customer\":{\"email\":\"a@b.c\"}}")));
        assertFalse(type.validator().accepts(JSON.readTree("{\"customer\":{\"mail\":\"a@b.c\"}}")));
        assertThrows(Problem.class, () -> type.version("2.0"));
    }

    @Test
    void defaultsAreThoseOfTheDocument() {
        ContextType type = Declarations.accepted(Declarations.SMALL);
        assertEquals(Lane.IMPORTANT, type.delivery().staleness());
        assertEquals(Optional.empty(), type.delivery().ttl());
        assertEquals("lww", type.resolver().name());
        assertFalse(type.delivery().audited());
        assertEquals(Limits.DEFAULT, type.limits());
        assertEquals(FieldKind.STRUCTURE, type.fieldRules().kind());
        assertEquals(Visibility.ALL, type.visibility());
    }

    /// What is added to (or, before `=>`, replaced in) the small declaration, the line, and a part
    /// of the message.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    stalenes: critical | 17 | did you mean 'staleness'?
                    staleness: fast | 17 | allowed: critical, important, background
                    ttl: 5 | 17 | put it in quotes
                    ttl: 5 weeks | 17 | write a number and s, m, h or d
                    ttl: 0s | 17 | is not a time to live
                    audited: yes | 17 | allowed: true or false
                    acknowledge: syncd | 17 | did you mean 'synced'?
                    resolver: lwww | 17 | did you mean 'lww'?
                    resolver: prefer:gcp/europe-west1 | 17 | which is not in the scope
                    limits: {documentBytesMax: 1GiB} | 17 | a size from
                    limits: {depthMax: 0} | 17 | a whole number from 1 to 500
                    limits: {depthMx: 5} | 17 | did you mean
                    subject: /id/* | 17 | without *
                    subject: /tags | 17 | must be one text or number
                    subject: /idd | 17 | did you mean 'id'?
                    subject: id | 17 | is not a JSON pointer
                    fields: {/name: {merge: counter}} | 17 | is counter, which is for integer or number; the schema says string there
                    fields: {/count: {merge: text}} | 17 | the schema says integer there
                    fields: {/name: {merge: set}} | 17 | which is for array
                    fields: {/nme: {merge: text}} | 17 | did you mean 'name'?
                    fields: {/tags/0: {classification: pii}} | 17 | write * for the elements of a list
                    fields: {/name: {merg: text}} | 17 | did you mean 'merge'?
                    fields: {/name: {}} | 17 | says nothing
                    fields: {/name: {tags: contact}} | 17 | a list
                    fields: {/name: {tags: [Contact]}} | 17 | is no tag
                    fields: {/name: {tags: [7]}} | 17 | allowed: text
                    fields: {/name: {merge: txt}} | 17 | did you mean 'text'?
                    fields: {name: {merge: text}} | 17 | is not a JSON pointer
                    fields: {/name: {classification: private}} | 17 | allowed: public, internal, pii, secret
                    fields: {/count: {merge: counter, resolver: max}} | 17 | has no effect with merge: counter
                    fields: {/name: {resolver: max}} | 17 | is max, which is for integer or number
                    fields: {/tags: {resolver: union}} | 17 | add merge: register
                    fields: {/count: {resolver: "prefer:gcp/x"}} | 17 | which is not in the scope
                    fields: {/nested: {merge: register}, /nested/a: {classification: pii}} | 17 | which merges as a whole (register)
                    fields: [] | 17 | keys and values below it
                    visibility: {pii: [gcp/europe-west1]} | 17 | which is not in the scope; allowed: aws/us-east-1, azure/westeurope
                    visibility: {pii: []} | 17 | at least one is needed
                    visibility: {pii: [aws/us-east-1], secret: [azure/westeurope]} | 17 | which does not see pii
                    visibility: {piii: [aws/us-east-1]} | 17 | did you mean 'pii'?
                    visibility: {pii: [us-east-1]} | 17 | is not a region
                    aws/us-east-1, azure/westeurope => aws/us-east-1, aws/us-east-1 | 16 | names a region twice
                    regions: [aws/us-east-1, azure/westeurope] => regions: [] | 16 | at least one is needed
                    regions: => region: | 16 | did you mean 'regions'?
                    {regions: [aws/us-east-1, azure/westeurope]} => {scope: Every where} | 16 | the name of a scope
                    test.small => Test.small | 3 | lower-case letters
                    test.small => mesh.small | 3 | mesh. is reserved
                    domain: test => domain: Test | 4 | domain name 'Test' is not allowed
                    domain: test => dmain: test | 4 | did you mean 'domain'?
                    kind: ContextType => kind: Context | 2 | allowed: ContextType
                    "1.0" => 1.0 | 6 | put it in quotes
                    "1.0" => "1" | 6 | major.minor
                    type: object => type: objct | 8 | did you mean 'object'?
                    id: {type: string} => id: {type: string, maxLenght: 5} | 11 | did you mean 'maxLength'?
                    id: {type: string} => id: {type: string, type: string} | 11 | a second time
                    id: {type: string} => id: *x | 11 | has no anchor before it
                    id: {type: string} => id: !!binary x | 11 | cannot be applied here
                    schema: => schema2: | 7 | did you mean 'schema'?
                    """)
    void everyFaultIsFoundWhereItStands(String change, int line, String message) {
        String[] parts = change.split(" => ", -1);
        String yaml =
                parts.length == 1
                        ? Declarations.SMALL + change + "\n"
                        : Declarations.SMALL.replace(parts[0], parts[1]);
        List<Finding> findings = Declarations.findings(yaml);
        assertTrue(
                findings.stream()
                        .anyMatch(finding ->
                                finding.message().contains(message) && finding.line() == line),
                () -> "expected on line " + line + ": " + message + " in " + findings);
    }

    @Test
    void aSubjectThatSomeRegionDoesNotSeeIsRefused() {
        String hidden =
                Declarations.SMALL
                        + "subject: /name\n"
                        + "fields: {/name: {classification: pii}}\n";
        assertTrue(Declarations.accepted(hidden).subject().isPresent());
        List<Finding> findings =
                Declarations.findings(hidden + "visibility: {pii: [aws/us-east-1]}\n");
        assertEquals(1, findings.size(), findings::toString);
        assertEquals(17, findings.getFirst().line());
        assertTrue(
                findings.getFirst().message().contains("pii, which [azure/westeurope] may not see"),
                findings::toString);
    }

    @Test
    void aSubjectThatSomeRegionOfANamedScopeDoesNotSeeIsRefusedWhenTheScopeIsKnown() {
        ContextType type =
                Declarations.accepted(
                        Declarations.SMALL.replace(
                                        "{regions: [aws/us-east-1, azure/westeurope]}",
                                        "{scope: everywhere}")
                                + "subject: /name\n"
                                + "fields: {/name: {classification: pii}}\n"
                                + "visibility: {pii: [aws/us-east-1]}\n");
        RegionName aws = RegionName.parse("aws/us-east-1");
        RegionName azure = RegionName.parse("azure/westeurope");
        assertTrue(type.within(new TreeSet<>(List.of(aws))).subject().isPresent());
        Problem problem =
                assertThrows(Problem.class, () -> type.within(new TreeSet<>(List.of(aws, azure))));
        assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
        assertTrue(problem.message().contains("[azure/westeurope] may not see"), problem::message);
    }

    @Test
    void allFindingsComeInOneReportInOrder() {
        String yaml =
                Declarations.SMALL
                                .replace("test.small", "Small")
                                .replace("type: integer", "type: int")
                        + "ttl: x\n"
                        + "fields: {/nme: {merge: text}, /a: {mrge: x}}\n"
                        + "visibility: {pii: [x]}\n";
        ContextTypeReading.Refused refused =
                assertInstanceOf(
                        ContextTypeReading.Refused.class,
                        ContextTypeReader.read(yaml, "small.yaml"));
        List<Integer> lines = refused.findings().stream().map(Finding::line).toList();
        assertEquals(lines.stream().sorted().toList(), lines);
        assertTrue(lines.containsAll(List.of(3, 12, 17, 18, 19)), refused.toString());
        Problem problem = assertThrows(Problem.class, refused::orThrow);
        assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
        assertTrue(problem.message().contains("small.yaml:17: /ttl"), problem.message());
    }

    @Test
    void theMoreExactPatternCountsAndEqualOnesMustAgree() {
        String fields =
                """
                fields:
                  /nested/*: {classification: pii, resolver: first}
                  /nested/open: {classification: public}
                """;
        FieldRule nested =
                Declarations.accepted(Declarations.SMALL + fields).fieldRules().member("nested");
        assertEquals(Classification.PII, nested.member("any").classification());
        assertEquals(Classification.PUBLIC, nested.member("open").classification());
        assertEquals("first", nested.member("open").resolver(), "property by property");
        assertEquals(Classification.INTERNAL, nested.classification());
        assertEquals(Classification.PII, nested.highest());

        String open =
                Declarations.SMALL.replace(
                        "nested: {type: object, additionalProperties: {type: string}}",
                        "nested: {type: object}");
        String crossing =
                """
                fields:
                  /nested/*/b: {classification: pii}
                  /nested/a/*: {classification: secret}
                """;
        assertTrue(
                Declarations.findings(open + crossing).toString().contains("both name /nested/a/b"),
                Declarations.findings(open + crossing).toString());
        Declarations.accepted(open + crossing + "  /nested/a/b: {classification: secret}\n");
    }

    @Test
    void rulesBelowInheritClassAndResolver() {
        FieldRule rules =
                Declarations.accepted(
                                Declarations.SMALL
                                        + "resolver: first\n"
                                        + "fields: {/nested: {classification: secret}}\n")
                        .fieldRules();
        FieldRule below = rules.member("nested").member("x").member("y").element();
        assertEquals(Classification.SECRET, below.classification());
        assertEquals("first", below.resolver());
        assertEquals(FieldKind.STRUCTURE, below.kind());
        assertTrue(below == below.member("z"), "walking allocates nothing");
    }

    @Test
    void versionsMustAscendAndSayHowTheyRelate() {
        String second =
                """
                  - version: "%s"
                    schema: {type: object, properties: {id: {type: string}}}
                %s\
                """;
        String before = Declarations.SMALL.replace("residency", "#RESIDENCY");
        String residency = "residency: {regions: [aws/us-east-1]}\n";
        String silent = before + second.formatted("1.1", "") + residency;
        assertTrue(
                Declarations.findings(silent).toString().contains("either translate"),
                Declarations.findings(silent).toString());
        String descending = before + second.formatted("0.9", "    compatible: true\n") + residency;
        assertTrue(Declarations.findings(descending).toString().contains("versions ascend"));
        String equal = before + second.formatted("1.0", "    compatible: true\n") + residency;
        assertTrue(Declarations.findings(equal).toString().contains("versions ascend"));
        Declarations.accepted(
                before + second.formatted("1.10", "    compatible: true\n") + residency);
        String first =
                Declarations.SMALL.replace("    schema:", "    compatible: true\n    schema:");
        assertTrue(Declarations.findings(first).toString().contains("this is the first version"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [{rename: {from: /name, to: /title}}] | [{rename: {from: /title, to: /name}}] | #
                    [{rename: {from: /name, to: /title}}] | [] | that 'down' does not undo; add there, in reverse order, rename of /title to 'name'
                    [{rename: {from: /name, to: /nested/title}}] | [] | leaves the member in its object
                    [{rename: {from: /nme, to: /title}}] | [{rename: {from: /title, to: /nme}}] | did you mean 'name'?
                    [{default: {path: /name, value: x}}] | [{remove: /name}] | #
                    [{default: {path: /name, value: x}}] | [] | add there, in reverse order, remove: /name
                    [{remove: /name}] | [] | #
                    [{wrap: /name}] | [{unwrap: /name}] | #
                    [{wrap: /name}] | [] | unwrap: /name
                    [{unwrap: {path: /name, lossy: true}}] | [{wrap: /name}] | #
                    [{convert: {path: /count, from: integer, to: string}}] | [{convert: {path: /count, from: string, to: integer}}] | #
                    [{convert: {path: /count, from: integer, to: string}}] | [{convert: {path: /count, from: string, to: integer, lossy: true}}] | #
                    [{convert: {path: /count, from: integer, to: boolean}}] | [] | allowed: string to and from
                    [{map: {path: /name, values: {a: x, b: x}}}] | [] | add lossy: true
                    [{map: {path: /name, values: {a: x, b: x}, lossy: true}}] | [] | #
                    [{map: {path: /name, values: {a: x, b: y}}}] | [{map: {path: /name, values: {x: a, y: b}}}] | #
                    [{map: {path: /name, values: {a: x, b: y}}}] | [{map: {path: /name, values: {x: a}}}] | that 'down' does not undo
                    [{rename: {from: /name, to: /t}}, {wrap: /t}] | [{unwrap: /t}, {rename: {from: /t, to: /name}}] | #
                    [{rename: {from: /name, to: /t}}, {wrap: /t}] | [{rename: {from: /t, to: /name}}, {unwrap: /name}] | that 'down' does not undo
                    [{remove: ''}] | [] | it must name a member
                    [{remove: /tags/*}] | [] | * is for what is above it
                    [{renam: {}}] | [] | did you mean 'rename'?
                    [{rename: {from: /name}}] | [] | lacks 'to'
                    """)
    void translationsAreCheckedInBothDirections(String up, String down, String message) {
        String second =
                """
                  - version: "1.1"
                    schema: {type: object}
                    translate:
                      up: %s
                      down: %s
                residency: {regions: [aws/us-east-1]}
                """;
        String yaml =
                Declarations.SMALL.replace("residency", "#residency") + second.formatted(up, down);
        if (message.equals("#")) {
            Declarations.accepted(yaml);
        } else {
            assertTrue(
                    Declarations.findings(yaml).toString().contains(message),
                    Declarations.findings(yaml).toString());
        }
    }

    @Test
    void onlyTheMeshItselfDeclaresReservedNames() {
        String yaml = Declarations.SMALL.replace("test.small", "mesh.products");
        assertInstanceOf(
                ContextTypeReading.Accepted.class, ContextTypeReader.readOfTheMesh(yaml, "x"));
        assertInstanceOf(
                ContextTypeReading.Refused.class,
                ContextTypeReader.readOfTheMesh(Declarations.SMALL, "x"));
    }

    @Test
    void jsonIsReadToo() {
        Declarations.accepted(
                """
                {"apiVersion": "sheaf.dev/v1", "kind": "ContextType", "name": "a", "domain": "d",
                 "versions": [{"version": "1.0", "schema": true}], "residency": {"scope": "all"}}
                """);
    }

    @Test
    void yamlWordsThatLookLikeOtherTypesStayText() {
        ContextType type =
                Declarations.accepted(
                        Declarations.SMALL.replace(
                                "name: {type: string}",
                                "name: {enum: [yes, no, on, 2026-01-01, 1e2, 012, 0x1f, ~]}"));
        assertEquals(
                "[\"yes\",\"no\",\"on\",\"2026-01-01\",1E+2,12,\"0x1f\",null]",
                type.newest().schema().path("properties").path("name").path("enum").toString());
    }
}
