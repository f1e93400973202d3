package dev.sheaf.context.document;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Classification;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Two regions that see all, one that does not, and what it was sent.
final class RedactedMesh {
    static final FieldRule RULE =
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

    final ActorTable actors = new ActorTable();
    final List<Region> full =
            List.of(
                    new Region(actors, "gcp/europe-west4", RULE),
                    new Region(actors, "aws/us-east-1", RULE));
    final Region blind = new Region(actors, "azure/westus", RULE);
    final Redactor redactor = new Redactor(RULE, RedactedMesh::isVisible);
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
