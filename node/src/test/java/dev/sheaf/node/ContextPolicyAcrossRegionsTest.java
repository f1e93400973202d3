package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ContextDocument;
import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.client.ContextWrite;
import dev.sheaf.client.GrantApproval;
import dev.sheaf.client.GrantReason;
import dev.sheaf.client.GrantRequest;
import dev.sheaf.client.LinkInfo;
import dev.sheaf.client.PolicyApply;
import dev.sheaf.client.PolicyRollback;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Two nodes with real links: what policies say of context going from one to the other, and of
/// those who read it.
final class ContextPolicyAcrossRegionsTest extends TwoRegions {
    private static final String CASE =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: support.case
            domain: support
            versions: [{version: "1.0", schema: {type: object}}]
            fields: {/customer/email: {classification: pii}}
            residency: {regions: [aws/us-east-1, azure/westeurope]}
            """;
    private static final ContextRead ANY =
            new ContextRead(
                    Optional.of("any"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false);

    private void policy(String region, String rules) {
        operator(region)
                .policies()
                .apply(
                        new PolicyApply(
                                Map.of(
                                        "more.rego",
                                        "package rules.more\nimport data.lib\n" + rules),
                                OptionalInt.empty(),
                                Optional.of(true),
                                "test",
                                OptionalLong.empty()));
    }

    private void declare(String region) {
        operator(region)
                .contexts()
                .applyType("support.case", CASE.getBytes(StandardCharsets.UTF_8));
    }

    private void put(SheafClient client, String id, String json) {
        client.contexts()
                .put(
                        new ContextKey("support.case", id),
                        json.getBytes(StandardCharsets.UTF_8),
                        ContextWrite.DEFAULT);
    }

    private static Optional<ContextDocument> find(SheafClient client, String id) {
        try {
            return Optional.of(client.contexts().read(new ContextKey("support.case", id), ANY));
        } catch (Problem none) {
            assertEquals(ProblemCode.NOT_FOUND, none.code(), none.message());
            return Optional.empty();
        }
    }

    private static LinkInfo link(SheafClient client) {
        return client.contexts().links().getFirst();
    }

    ContextPolicyAcrossRegionsTest() {
        super(
                "catalog.read",
                "access.request",
                "access.decide",
                "context.read",
                "context.write",
                "context.admin");
    }

    @Test
    void whatPoliciesHoldBackDoesNotGoOverUntilTheyAllowIt() throws Exception {
        start(AWS, true, false);
        start(AZURE, true, false);
        declare(AWS);
        declare(AZURE);
        SheafClient here = operator(AWS);
        SheafClient there = operator(AZURE);
        put(here, "first", "{\"n\": 1}");
        until("it arrives", () -> find(there, "first").isPresent());

        policy(
                AWS,
                """
                deny contains "more.east: nothing goes east" if {
                	input.action == "context.replicate"
                	input.context.destination == "azure/westeurope"
                	count(lib.personal_columns) > 0
                }
                """);
        put(here, "held", "{\"customer\": {\"email\": \"ada@example.com\"}}");
        put(there, "back", "{}");
        until("the link is up again", () -> link(here).state().equals("up"));
        Thread.sleep(2_000);
        assertTrue(find(there, "held").isEmpty());
        LinkInfo held = link(here);
        assertEquals("up", held.state());
        assertEquals(
                List.of("support.case: more.east: nothing goes east"),
                held.held().getFirst().reasons());
        assertTrue(
                metrics(AWS).contains("sheaf_link_held{peer=\"azure/westeurope\""), metrics(AWS));

        // The mesh's own documents are not asked about.
        SheafClient olga = as(AWS, "olga", "support");
        String grant = olga.access().request(request("ana")).id();
        until("grants go over", () -> knows(there, grant));

        // A node that comes back gets nothing of it either.
        Objects.requireNonNull(nodes.remove(AZURE)).close();
        start(AZURE, true, false);
        SheafClient again = operator(AZURE);
        until("the link is up again", () -> link(again).state().equals("up"));
        Thread.sleep(1_000);
        assertTrue(find(again, "held").isEmpty());

        here.policies().rollback(new PolicyRollback(0, "back", OptionalLong.empty()));
        until("it arrives", () -> find(again, "held").isPresent());
        until("and what was written there", () -> find(here, "back").isPresent());
        until("the scope is held no more", () -> link(here).held().isEmpty());
    }

    @Test
    void aTypeThatMayNotGoWhereItWantsIsRefusedWithRegionsAndFields() throws IOException {
        start(AWS, true, false);
        policy(
                AWS,
                """
                mask["/customer/email"] := {"kind": "null"} if {
                	input.action == "context.replicate"
                	input.context.destination == "azure/westeurope"
                }
                """);
        Problem refused = assertThrows(Problem.class, () -> declare(AWS));
        assertEquals(ProblemCode.FORBIDDEN, refused.code());
        assertTrue(
                refused.message().contains("/customer/email must be hidden from azure/westeurope"),
                refused.message());
        assertTrue(operator(AWS).contexts().types().isEmpty());
        String hidden = CASE + "visibility: {pii: [aws/us-east-1]}\n";
        operator(AWS).contexts().applyType("support.case", hidden.getBytes(StandardCharsets.UTF_8));
        assertEquals(1, operator(AWS).contexts().types().size());
    }

    @Test
    void aGrantOnATypeLetsOthersReadIt() throws IOException {
        start(AWS, false, false);
        declare(AWS);
        SheafClient olga = as(AWS, "olga", "support");
        SheafClient otto = as(AWS, "otto", "support");
        SheafClient ana = as(AWS, "ana", "sales");
        put(olga, "c-1", "{\"status\": \"open\", \"customer\": {\"email\": \"ada@example.com\"}}");
        assertTrue(find(ana, "c-1").isEmpty());
        assertEquals(
                ProblemCode.NOT_FOUND,
                assertThrows(Problem.class, () -> ana.access().request(request("ana"))).code());
        String id = olga.access().request(request("ana")).id();
        otto.access()
                .approve(
                        id,
                        new GrantApproval(Optional.empty(), Optional.empty(), Optional.empty()));

        ContextKey key = new ContextKey("support.case", "c-1");
        ContextDocument seen = ana.contexts().forPurpose(Optional.of("care")).read(key, ANY);
        assertEquals("open", seen.value().path("status").asString(""));
        assertFalse(seen.value().toString().contains("ada@"), seen.value().toString());
        assertEquals(List.of("/customer/email"), seen.masked());
        assertEquals(
                ProblemCode.FORBIDDEN,
                assertThrows(Problem.class, () -> ana.contexts().read(key, ANY)).code());
        assertEquals(1, ana.contexts().types().size());
        assertEquals(
                ProblemCode.FORBIDDEN,
                assertThrows(
                                Problem.class,
                                () ->
                                        ana.contexts()
                                                .forPurpose(Optional.of("care"))
                                                .delete(key, ContextWrite.DEFAULT))
                        .code());
        olga.access().revoke(id, new GrantReason("enough"));
        assertEquals(
                ProblemCode.NOT_FOUND,
                assertThrows(
                                Problem.class,
                                () -> ana.contexts().forPurpose(Optional.of("care")).read(key, ANY))
                        .code());
    }

    private static GrantRequest request(String subject) {
        return new GrantRequest(
                "support.case",
                "care",
                Optional.of(Instant.now().plus(Duration.ofDays(1))),
                Optional.empty(),
                Optional.of(subject),
                Optional.empty(),
                Optional.empty());
    }

    private static boolean knows(SheafClient client, String grant) {
        try {
            return client.access().grant(grant).id().equals(grant);
        } catch (Problem notYet) {
            return false;
        }
    }

    private String metrics(String region) throws IOException, InterruptedException {
        URI url = Objects.requireNonNull(nodes.get(region)).url().resolve("/metrics");
        try (HttpClient http = HttpClient.newHttpClient()) {
            String token = Files.readString(data(region).resolve("keys").resolve("operator.token"));
            return http.send(
                            HttpRequest.newBuilder(url)
                                    .header("Authorization", "Bearer " + token.strip())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
