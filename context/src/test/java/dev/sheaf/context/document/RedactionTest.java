package dev.sheaf.context.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Classification;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A region that may not see all: what it gets tells it nothing, and destroys nothing when it comes
/// back.
final class RedactionTest {
    private static final FieldRule RULE =
            object(
                    Map.ofEntries(
                            Map.entry("open", rule(FieldKind.STRUCTURE, Classification.PUBLIC)),
                            Map.entry("hits", rule(FieldKind.COUNTER, Classification.PUBLIC)),
                            Map.entry("ssn", rule(FieldKind.STRUCTURE, Classification.PII)),
                            Map.entry("balance", rule(FieldKind.COUNTER, Classification.SECRET)),
                            Map.entry("labels", rule(FieldKind.SET, Classification.PII)),
                            Map.entry("notes", rule(FieldKind.TEXT, Classification.PII)),
                            Map.entry("visits", rule(FieldKind.LIST, Classification.PII)),
                            Map.entry(
                                    "customers",
                                    new FieldRule(
                                            FieldKind.STRUCTURE,
                                            "lww",
                                            Classification.PUBLIC,
                                            Map.of(
                                                    "*",
                                                    rule(
                                                            FieldKind.STRUCTURE,
                                                            Classification.PII)))),
                            Map.entry(
                                    "turns",
                                    new FieldRule(
                                            FieldKind.CONVERSATION,
                                            "lww",
                                            Classification.PUBLIC,
                                            Map.of(
                                                    "*",
                                                    object(
                                                            Map.of(
                                                                    "who",
                                                                    rule(
                                                                            FieldKind.STRUCTURE,
                                                                            Classification
                                                                                    .PII))))))));

    private static final List<String> OPERATIONS =
            List.of(
                    "{'op':'add','path':'/ssn','value':'@'}",
                    "{'op':'add','path':'/ssn','value':{'@':['@','@',{'@':1}]}}",
                    "{'op':'add','path':'/ssn','value':[1,2,'@']}",
                    "{'op':'add','path':'/ssn/0','value':'@'}",
                    "{'op':'add','path':'/ssn/key@','value':'@'}",
                    "{'op':'remove','path':'/ssn'}",
                    "{'op':'remove','path':'/ssn/0'}",
                    "{'op':'increment','path':'/balance','value':#}",
                    "{'op':'append','path':'/labels','value':'@'}",
                    "{'op':'remove','path':'/labels/0'}",
                    "{'op':'append','path':'/notes','value':'@'}",
                    "{'op':'remove','path':'/notes/0'}",
                    "{'op':'append','path':'/visits','value':{'at':'@','list':['@']}}",
                    "{'op':'remove','path':'/visits/0'}",
                    "{'op':'move','from':'/visits/0','path':'/visits/1'}",
                    "{'op':'add','path':'/customers','value':{}}",
                    "{'op':'add','path':'/customers/key@','value':'@'}",
                    "{'op':'append','path':'/turns','value':{'who':{'name':'@','ids':['@','@']},'text':'t','list':[1,[2]]}}",
                    "{'op':'replace','path':'/turns/0/who','value':'@'}",
                    "{'op':'append','path':'/turns/0/list','value':5}",
                    "{'op':'remove','path':'/turns/0'}",
                    "{'op':'add','path':'/open','value':{'a':[1,2],'b':3}}",
                    "{'op':'append','path':'/open/a','value':7}",
                    "{'op':'increment','path':'/hits','value':1}",
                    "{'op':'replace','path':'','value':{'ssn':['@','@'],'open':{'a':[1]},'turns':[{'who':['@'],'list':[1]},{'list':[2]}],'customers':{'key@':['@']}}}");

    private static FieldRule rule(FieldKind kind, Classification classification) {
        return new FieldRule(kind, "lww", classification, Map.of());
    }

    private static FieldRule object(Map<String, FieldRule> members) {
        return new FieldRule(FieldKind.STRUCTURE, "lww", Classification.PUBLIC, members);
    }

    private static boolean isVisible(FieldRule rule) {
        return rule.classification().compareTo(Classification.INTERNAL) <= 0;
    }

    /// Two regions that see all, one that does not, and what it was sent.
    private static final class Mesh {
        final ActorTable actors = new ActorTable();
        final List<Region> full =
                List.of(
                        new Region(actors, "gcp/europe-west4", RULE),
                        new Region(actors, "aws/us-east-1", RULE));
        final Region blind = new Region(actors, "azure/westus", RULE);
        final Redactor redactor = new Redactor(RULE, RedactionTest::isVisible);
        final List<Event> events = new ArrayList<>();
        final StringBuilder sent = new StringBuilder();

        void run(Random random, int steps) {
            for (int step = 0; step < steps; step++) {
                Region region = full.get(random.nextInt(2));
                if (random.nextInt(4) == 0) {
                    events.forEach(region::receive);
                }
                String operation =
                        OPERATIONS
                                .get(random.nextInt(OPERATIONS.size()))
                                .replace("@", "secret" + random.nextInt(5))
                                .replace("#", "987654321.25");
                try {
                    Event event = region.patch("[" + operation.replace('\'', '"') + "]");
                    events.add(event);
                    Event redacted = redactor.redact(event);
                    sent.append(redacted);
                    blind.receive(redacted);
                } catch (Problem nothingThere) {
                    assertTrue(nothingThere.code() != ProblemCode.INTERNAL);
                }
            }
            full.forEach(region -> events.forEach(region::receive));
        }

        /// @param region of those that see all
        Document copy(Document document) {
            byte[] bytes = DocumentCodec.encode(document, actor -> actor);
            return DocumentCodec.decode(bytes, actors, number -> number);
        }
    }

    @Property(tries = 300)
    void noClassifiedByteLeaves(@ForAll long seed) {
        Mesh mesh = new Mesh();
        mesh.run(new Random(seed), 30);
        Document redacted = mesh.redactor.redact(mesh.full.getFirst().document);
        String state =
                new String(
                        DocumentCodec.encode(redacted, actor -> actor),
                        StandardCharsets.ISO_8859_1);
        String own =
                new String(
                        DocumentCodec.encode(mesh.blind.document, actor -> actor),
                        StandardCharsets.ISO_8859_1);
        for (String text : List.of(mesh.sent.toString(), state, own, mesh.blind.text())) {
            assertFalse(text.contains("secret"), () -> "seed " + seed + ": " + text);
            assertFalse(text.contains("987654321"), () -> "seed " + seed + ": " + text);
        }
    }

    @Property(tries = 300)
    void whatMayBeSeenIsSeenAsItIs(@ForAll long seed) {
        Mesh mesh = new Mesh();
        mesh.run(new Random(seed), 30);
        Document redacted = mesh.redactor.redact(mesh.full.getFirst().document);
        assertEquals(
                redacted.view(RULE, mesh.actors),
                mesh.blind.document.view(RULE, mesh.actors),
                () -> "seed " + seed);
        for (String pointer : List.of("/open", "/hits")) {
            assertEquals(
                    mesh.full.getFirst().document.get(pointer, RULE, mesh.actors),
                    mesh.blind.document.get(pointer, RULE, mesh.actors),
                    () -> "seed " + seed);
        }
    }

    @Property(tries = 300)
    void joinedWithTheWholeTheWholeStays(@ForAll long seed) {
        Mesh mesh = new Mesh();
        mesh.run(new Random(seed), 30);
        Region whole = mesh.full.getFirst();
        for (Document blind : List.of(mesh.redactor.redact(whole.document), mesh.blind.document)) {
            Document joined = mesh.copy(whole.document);
            joined.join(
                    mesh.copy(blind), whole.vector, whole.vector, VersionVector.EMPTY, mesh.actors);
            assertEquals(whole.document.digest(), joined.digest(), () -> "seed " + seed);
            Document reversed = mesh.copy(blind);
            reversed.join(
                    mesh.copy(whole.document),
                    whole.vector,
                    whole.vector,
                    VersionVector.EMPTY,
                    mesh.actors);
            assertEquals(whole.document.digest(), reversed.digest(), () -> "seed " + seed);
        }
    }

    @Test
    void aHiddenFieldIsAbsentAndListed() {
        Mesh mesh = new Mesh();
        Event event =
                mesh.full
                        .getFirst()
                        .write(Region.quoted("{'ssn':'123','open':1,'customers':{'x':1}}"));
        mesh.blind.receive(mesh.redactor.redact(event));
        assertEquals("{\"open\":1,\"customers\":{}}", mesh.blind.text());
        assertEquals(List.of("/customers/*", "/ssn"), mesh.blind.document.redactedPaths());
    }

    @Test
    void whatCannotBeSeenCannotBeWritten() {
        Mesh mesh = new Mesh();
        mesh.blind.receive(
                mesh.redactor.redact(
                        mesh.full.getFirst().write(Region.quoted("{'ssn':'123','open':1}"))));
        for (String operation :
                List.of(
                        "{'op':'replace','path':'/ssn','value':1}",
                        "{'op':'remove','path':'/ssn'}",
                        "{'op':'add','path':'/ssn/x','value':1}",
                        "{'op':'copy','from':'','path':'/open'}",
                        "{'op':'replace','path':'','value':{}}")) {
            Problem refused =
                    assertThrows(
                            Problem.class,
                            () -> mesh.blind.patch("[" + operation.replace('\'', '"') + "]"),
                            operation);
            assertEquals(ProblemCode.FORBIDDEN, refused.code(), operation);
        }
    }

    @Test
    void aWholeDocumentLeavesAloneWhatCannotBeSeen() {
        Mesh mesh = new Mesh();
        Region whole = mesh.full.getFirst();
        mesh.blind.receive(
                mesh.redactor.redact(whole.write(Region.quoted("{'ssn':'123','open':1}"))));
        whole.receive(mesh.blind.write(Region.quoted("{'open':2}")));
        assertEquals("{\"ssn\":\"123\",\"open\":2}", whole.text());
    }

    @Test
    void elementsAfterHiddenListsKeepTheirNumbers() {
        Mesh mesh = new Mesh();
        Region whole = mesh.full.getFirst();
        Event first =
                whole.write(
                        Region.quoted(
                                "{'turns':[{'who':['a','b'],'list':[1]}],'ssn':[1,2,3],'open':[7,8]}"));
        mesh.blind.receive(mesh.redactor.redact(first));
        mesh.blind.receive(
                mesh.redactor.redact(
                        whole.patch(
                                "[{\"op\":\"add\",\"path\":\"/open/1\",\"value\":9},{\"op\":\"add\",\"path\":\"/turns/0/list/0\",\"value\":0}]")));
        assertEquals("{\"turns\":[{\"list\":[0,1]}],\"open\":[7,9,8]}", mesh.blind.text());
    }
}
