package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.client.ContextWrite;
import dev.sheaf.client.GrantApproval;
import dev.sheaf.client.GrantDecisionInfo;
import dev.sheaf.client.GrantInfo;
import dev.sheaf.client.GrantQuery;
import dev.sheaf.client.GrantReason;
import dev.sheaf.client.GrantRequest;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.Upload;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Access to the example's customers, asked for and decided upon: Olga and Otto are of the domain,
/// Ana is not.
final class GrantsEndToEndTest extends RunningNode {
    private static final ProductName CUSTOMERS = ProductName.parse("customer.customers");
    private static final Path EXAMPLES = Path.of(System.getProperty("sheaf.repo"), "examples");
    private static final List<String> READER = List.of("catalog.read", "query.run");
    private static final List<String> ASKER =
            List.of("catalog.read", "query.run", "access.request");
    private static final List<String> OWNER =
            List.of("catalog.read", "query.run", "access.request", "access.decide");
    private static final String EMAILS =
            "SELECT email FROM customer.customers ORDER BY customer_id LIMIT 1";
    private static final String EMAIL = "luisg@embraer.com.br";
    private static final Duration HOUR = Duration.ofHours(1);

    private final MovingClock clock = new MovingClock();
    private SheafClient olga = null_();
    private SheafClient otto = null_();
    private SheafClient ana = null_();

    @BeforeEach
    void start() {
        open();
    }

    private void open() {
        open(clock);
        olga = as("olga", OWNER, List.of(), "customer");
        otto = as("otto", OWNER, List.of(), "customer");
        ana = as("ana", ASKER, List.of(), "sales");
    }

    @Test
    void fromNotBeingVisibleToMaskedRowsAndBackAgain() throws IOException {
        operator.apply(manifests(false));
        assertEquals(
                told(() -> ana.access().request(request("customer.never", "churn", HOUR)))
                        .replace("customer.never", "customer.customers"),
                told(() -> ana.access().request(request("customer.customers", "churn", HOUR))),
                "what may not be known looks as if it did not exist");
        assertEquals(ProblemCode.NOT_FOUND, code(() -> ana.product(CUSTOMERS)));

        publish(true);
        assertEquals("customer.customers", ana.product(CUSTOMERS).product().name());
        assertEquals(ProblemCode.FORBIDDEN, code(() -> emails(ana, "churn")));
        GrantInfo asked = ana.access().request(request("customer.customers", "churn", HOUR));
        assertEquals("requested", asked.state());
        assertEquals("ana", asked.subject());
        assertEquals(ProblemCode.FORBIDDEN, code(() -> emails(ana, "churn")));

        GrantInfo approved = olga.access().approve(asked.id(), asIs());
        assertEquals("approved", approved.state());
        assertMasked(emails(ana, "churn"));
        assertEquals(
                EMAIL, emails(as("carl", READER, List.of(), "customer"), ""), "owners see it all");
        for (String purpose : List.of("", "fraud", "Churn", "churn ")) {
            assertEquals(
                    ProblemCode.FORBIDDEN, code(() -> emails(ana, purpose)), "'" + purpose + "'");
        }
        assertTrue(told(() -> emails(ana, "")).contains("purpose"), "who forgets it is told");
        assertEquals(3, ana.sample(CUSTOMERS, 3, Optional.of("churn")).rows().size());
        assertEquals(ProblemCode.FORBIDDEN, code(() -> ana.sample(CUSTOMERS, 3)));
        SheafClient bob = as("bob", ASKER, List.of(), "sales");
        assertEquals(
                ProblemCode.FORBIDDEN,
                code(() -> emails(bob, "churn")),
                "a grant is for whom it is for");

        assertEquals(
                "revoked",
                otto.access().revoke(asked.id(), new GrantReason("enough of it")).state());
        assertEquals(ProblemCode.FORBIDDEN, code(() -> emails(ana, "churn")));
        assertEquals(ProblemCode.CONFLICT, code(() -> olga.access().approve(asked.id(), asIs())));
    }

    @Test
    void aGrantEndsByItself() throws IOException {
        publish(true);
        GrantInfo asked = ana.access().request(request("customer.customers", "churn", HOUR));
        olga.access()
                .approve(
                        asked.id(),
                        new GrantApproval(
                                Optional.of(now().plus(HOUR.dividedBy(2))),
                                Optional.empty(),
                                Optional.empty()));
        assertFalse(emails(ana, "churn").isEmpty());
        clock.advance(HOUR.dividedBy(2));
        assertEquals(ProblemCode.FORBIDDEN, code(() -> emails(ana, "churn")));
        assertEquals("expired", ana.access().grant(asked.id()).state());
        assertEquals(
                ProblemCode.CONFLICT,
                code(() -> olga.access().revoke(asked.id(), new GrantReason("too late"))));
        GrantInfo again = ana.access().request(request("customer.customers", "churn", HOUR));
        clock.advance(HOUR);
        assertEquals("expired", ana.access().grant(again.id()).state());
        assertEquals(ProblemCode.CONFLICT, code(() -> olga.access().approve(again.id(), asIs())));
    }

    @Test
    void personalDataIsShownAsItIsOnlyIfAskedForAndApproved() throws IOException {
        publish(true);
        GrantRequest clear =
                new GrantRequest(
                        "customer.customers",
                        "letters",
                        Optional.of(now().plus(HOUR)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(true),
                        Optional.of("They want paper."));
        String first = ana.access().request(clear).id();
        olga.access()
                .approve(
                        first,
                        new GrantApproval(Optional.empty(), Optional.of(true), Optional.empty()));
        assertMasked(emails(ana, "letters"));
        String second = ana.access().request(clear).id();
        olga.access().approve(second, asIs());
        assertEquals(EMAIL, emails(ana, "letters"));
        otto.access().revoke(second, new GrantReason("masked will do"));
        assertMasked(emails(ana, "letters")); // the other grant still counts
    }

    @Test
    void nobodyApprovesAloneWhatTheyAskedFor() throws IOException {
        publish(false);
        GrantInfo invited =
                olga.access().request(request("customer.customers", "churn", HOUR, "ana"));
        assertEquals(
                ProblemCode.FORBIDDEN, code(() -> olga.access().approve(invited.id(), asIs())));
        assertEquals(ProblemCode.NOT_FOUND, code(() -> ana.product(CUSTOMERS)));
        assertEquals(ProblemCode.NOT_FOUND, code(() -> emails(ana, "churn")));
        assertEquals("approved", otto.access().approve(invited.id(), asIs()).state());
        assertMasked(emails(ana, "churn"));
        assertEquals(
                "customer.customers",
                ana.product(CUSTOMERS).product().name(),
                "holders may know what they hold");
    }

    @Test
    void aTeamHoldsAGrant() throws IOException {
        publish(true);
        String id =
                ana.access()
                        .request(request("customer.customers", "churn", HOUR, "team:insights"))
                        .id();
        olga.access().approve(id, asIs());
        SheafClient ida = as("ida", READER, List.of("team:insights"), "sales");
        assertMasked(emails(ida, "churn"));
        assertEquals(List.of(id), ids(ida, "approved"));
        assertEquals(
                ProblemCode.FORBIDDEN,
                code(() -> emails(ana, "churn")),
                "who asked for others holds nothing");
        SheafClient fake = as("team:insights", READER, List.of("insights"), "sales");
        assertEquals(ProblemCode.FORBIDDEN, code(() -> emails(fake, "churn")));
    }

    @Test
    void everybodySeesTheirOwnAndAuditorsAll() throws IOException {
        publish(true);
        String asked = ana.access().request(request("customer.customers", "churn", HOUR)).id();
        String denied = ana.access().request(request("customer.customers", "ads", HOUR)).id();
        otto.access().deny(denied, new GrantReason("not for advertising"));
        assertEquals(List.of(denied, asked), ids(ana, ""));
        assertEquals(List.of(denied, asked), ids(olga, ""));
        assertEquals(List.of(denied), ids(olga, "denied"));
        assertEquals(List.of(denied, asked), ids(as("au", READER, List.of("auditor")), ""));
        assertEquals(List.of(), ids(as("eve", READER, List.of(), "sales"), ""));
        SheafClient eve = as("eve", OWNER, List.of(), "sales");
        String never = told(() -> eve.access().grant("g-0000000000000000"));
        for (Executable call :
                List.<Executable>of(
                        () -> eve.access().grant(asked),
                        () -> eve.access().approve(asked, asIs()),
                        () -> eve.access().deny(asked, new GrantReason("mine now")),
                        () -> eve.access().revoke(asked, new GrantReason("mine now")))) {
            assertEquals(never.replace("g-0000000000000000", asked), told(call));
        }
        SheafClient anaDecides = as("ana", OWNER, List.of(), "sales");
        assertEquals(
                ProblemCode.FORBIDDEN,
                code(() -> anaDecides.access().approve(asked, asIs())),
                "one's own request is visible, and not one's own to approve");
        assertEquals(
                ProblemCode.FORBIDDEN,
                code(() -> ana.access().approve(asked, asIs())),
                "without the scope nothing is decided");
        GrantDecisionInfo decision = ana.access().grant(denied).decisions().getFirst();
        assertEquals("otto", decision.by());
        assertEquals("not for advertising", decision.reason());
    }

    @Test
    void grantsSurviveARestart() throws IOException {
        publish(true);
        String kept = ana.access().request(request("customer.customers", "churn", HOUR)).id();
        String ended = ana.access().request(request("customer.customers", "fraud", HOUR)).id();
        olga.access().approve(kept, asIs());
        olga.access().approve(ended, asIs());
        olga.access().revoke(ended, new GrantReason("enough"));
        stop();
        open();
        assertEquals(List.of(ended, kept), ids(ana, ""));
        assertMasked(emails(ana, "churn"));
        assertEquals(ProblemCode.FORBIDDEN, code(() -> emails(ana, "fraud")));
        assertTrue(
                operator.ready().checks().stream()
                        .anyMatch(check -> check.name().equals("grants")));
    }

    /// Not even an operator gets around the owners by writing the documents.
    @Test
    void nobodyReadsOrWritesGrantsAsDocuments() throws IOException {
        publish(true);
        String id = ana.access().request(request("customer.customers", "churn", HOUR)).id();
        ContextKey key = new ContextKey("mesh.grant", id);
        byte[] forged =
                "[{\"op\": \"add\", \"path\": \"/decisions/x\", \"value\": {}}]"
                        .getBytes(StandardCharsets.UTF_8);
        for (Executable call :
                List.<Executable>of(
                        () -> operator.contexts().read(key, ContextRead.DEFAULT),
                        () -> operator.contexts().list("mesh.grant", "", 10),
                        () -> operator.contexts().patch(key, forged, ContextWrite.DEFAULT),
                        () -> operator.contexts().delete(key, ContextWrite.DEFAULT),
                        () -> operator.contexts().erase(key, ContextWrite.DEFAULT),
                        () -> operator.contexts().history(key, 10))) {
            assertEquals(ProblemCode.NOT_FOUND, code(call));
        }
        String event =
                """
                {"eventId": "e1", "eventType": "CONTEXT_DELTA", "contextType": "mesh.grant", "contextId": "%s",
                 "version": "1.0", "cloudRegion": "westeurope", "timestamp": "%s", "payload": {"operations":
                  [{"op": "add", "path": "/decisions/x", "value": {}}]}}
                """
                        .formatted(id, now());
        Problem refused =
                assertThrows(
                        Problem.class,
                        () ->
                                operator.contexts()
                                        .ingest(
                                                event.getBytes(StandardCharsets.UTF_8),
                                                "application/json",
                                                Optional.empty()));
        assertEquals(ProblemCode.FORBIDDEN, refused.code(), refused.message());
        assertTrue(
                operator.contexts().types().stream()
                        .noneMatch(type -> type.name().startsWith("mesh.")));
    }

    @Test
    void aRequestSaysWhatForAndUntilWhen() throws IOException {
        publish(true);
        assertEquals(
                ProblemCode.INVALID_VALUE,
                code(() -> ana.access().request(request("customer.customers", "", HOUR))));
        assertEquals(
                ProblemCode.INVALID_VALUE,
                code(() ->
                        ana.access()
                                .request(
                                        request(
                                                "customer.customers",
                                                "churn",
                                                Duration.ofDays(366)))));
        GrantRequest endless =
                new GrantRequest(
                        "customer.customers",
                        "churn",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        assertEquals(ProblemCode.BAD_REQUEST, code(() -> ana.access().request(endless)));
        assertEquals(
                ProblemCode.FORBIDDEN,
                code(() ->
                        as("rita", READER, List.of(), "sales")
                                .access()
                                .request(request("customer.customers", "churn", HOUR))));
    }

    private Instant now() {
        return clock.instant();
    }

    private GrantRequest request(String product, String purpose, Duration lasts) {
        return request(product, purpose, lasts, "");
    }

    private GrantRequest request(String product, String purpose, Duration lasts, String holder) {
        return new GrantRequest(
                product,
                purpose,
                Optional.of(now().plus(lasts)),
                Optional.empty(),
                Optional.of(holder).filter(name -> !name.isEmpty()),
                Optional.empty(),
                Optional.empty());
    }

    private static GrantApproval asIs() {
        return new GrantApproval(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<String> ids(SheafClient client, String state) {
        return client
                .access()
                .list(
                        new GrantQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(state).filter(text -> !text.isEmpty()),
                                100))
                .grants()
                .stream()
                .map(GrantInfo::id)
                .toList();
    }

    private static String emails(SheafClient client, String purpose) {
        return String.valueOf(
                client.queryTable(
                                new QueryRequest(
                                        EMAILS,
                                        OptionalInt.empty(),
                                        OptionalLong.empty(),
                                        Optional.of(purpose)))
                        .rows()
                        .getFirst()
                        .getFirst());
    }

    private static void assertMasked(String email) {
        assertTrue(email.length() > 8 && !email.contains("@"), email);
    }

    /// @param isDiscoverable whether everybody may know that there are customers
    private void publish(boolean isDiscoverable) throws IOException {
        operator.apply(manifests(isDiscoverable));
        RunInfo started =
                operator.publish(
                        CUSTOMERS,
                        List.of(Upload.of(EXAMPLES.resolve("data/chinook/customers.csv"))),
                        false,
                        bytes -> {});
        RunState ended = operator.await(started.id(), state -> {}).state();
        assertTrue(ended == RunState.COMMITTED || ended == RunState.UNCHANGED, ended.toString());
    }

    private static Manifests manifests(boolean isDiscoverable) throws IOException {
        List<ManifestFile> files = new ArrayList<>();
        Path root = EXAMPLES.resolve("mesh/customer");
        try (Stream<Path> all = Files.list(root)) {
            for (Path file : all.sorted().toList()) {
                String text = Files.readString(file);
                if (isDiscoverable) {
                    text =
                            text.replace("\nversion: 1.0.0\n", "\nversion: 1.1.0\n")
                                    .replace(
                                            "    physicalType: table\n",
                                            """
                                                physicalType: table
                                                customProperties:
                                                  - property: sheaf.discoverable
                                                    value: true
                                            """);
                }
                files.add(
                        new ManifestFile(
                                file.getFileName().toString(),
                                text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return new Manifests(files, Optional.empty());
    }
}
