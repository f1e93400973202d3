package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.GrantApproval;
import dev.sheaf.client.GrantInfo;
import dev.sheaf.client.GrantRequest;
import dev.sheaf.client.HealthCheck;
import dev.sheaf.client.HealthStatus;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.PolicyApply;
import dev.sheaf.client.PolicyChangeInfo;
import dev.sheaf.client.PolicyComparison;
import dev.sheaf.client.PolicyDifference;
import dev.sheaf.client.PolicyFileText;
import dev.sheaf.client.PolicyLabAnswer;
import dev.sheaf.client.PolicyLabDecision;
import dev.sheaf.client.PolicyLabRequest;
import dev.sheaf.client.PolicyLabStatement;
import dev.sheaf.client.PolicyLabSubject;
import dev.sheaf.client.PolicyRollback;
import dev.sheaf.client.ProductSummary;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenRequest;
import dev.sheaf.client.TokenSource;
import dev.sheaf.client.Upload;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// Policies over HTTP, at a node with the example mesh.
final class PolicyApiTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("sheaf.repo"), "examples");
    private static final String ENDLESS =
            """
            package rules.endless
            permit contains "endless" if {
                some i in numbers.range(1, 1000000)
                some j in numbers.range(1, 1000000)
                i * j < 0
            }
            """;

    @TempDir private Path data = Path.of("");
    private Node node;
    private SheafClient operator;

    @BeforeEach
    void start() throws IOException {
        node =
                Node.start(
                        new NodeOptions(
                                data, Optional.empty(), Optional.empty(), OptionalInt.of(0)),
                        Clock.systemUTC());
        operator =
                new SheafClient(node.url(), TokenSource.file(data.resolve("keys/operator.token")));
    }

    @AfterEach
    void stop() {
        operator.close();
        node.close();
    }

    @Test
    void theStandardPackIsShownAndReplacedAndComesBack() {
        assertEquals(0, operator.policies().inForce().revision());
        assertTrue(
                operator.policies().inForce().files().stream()
                        .map(PolicyFileText::path)
                        .toList()
                        .containsAll(List.of("main.rego", "settings.yaml")));
        long revision = operator.policies().apply(adding("x.rego", "package rules.x")).revision();
        assertEquals(1, revision);
        assertTrue(operator.policies().revision(1).inForce());
        assertFalse(operator.policies().revision(0).inForce());
        operator.policies().rollback(new PolicyRollback(0, "back", OptionalLong.of(1)));
        List<PolicyChangeInfo> changes = operator.policies().history().changes();
        assertEquals(
                List.of(
                        PolicyChangeInfo.Kind.ROLLED_BACK,
                        PolicyChangeInfo.Kind.APPLIED,
                        PolicyChangeInfo.Kind.BEGAN),
                changes.stream().map(PolicyChangeInfo::kind).toList());
        assertEquals("back", changes.getFirst().reason());
        assertEquals(System.getProperty("user.name"), changes.getFirst().by());
        assertEquals(OptionalLong.of(0), operator.policies().history().inForce());
    }

    @Test
    void whatIsAppliedDecidesAtOnceAndFaultsAreListed() throws IOException {
        mesh();
        assertFalse(operator.products().isEmpty());
        operator.policies().apply(adding("no.rego", "package rules.no\ndeny contains \"no.one\""));
        assertEquals(List.of(), operator.products());
        Problem wrong =
                assertThrows(
                        Problem.class,
                        () ->
                                operator.policies()
                                        .apply(adding("no.rego", "package rules.no\nx if")));
        assertEquals(ProblemCode.INVALID_POLICY, wrong.code());
        assertEquals(
                "no.rego",
                ((Map<?, ?>)
                                ((List<?>)
                                                java.util.Objects.requireNonNull(
                                                        wrong.details().get("diagnostics")))
                                        .getFirst())
                        .get("file"));
        Problem undecided =
                assertThrows(
                        Problem.class,
                        () ->
                                operator.policies()
                                        .apply(
                                                new PolicyApply(
                                                        Map.of("no.rego", "package rules.no"),
                                                        OptionalInt.empty(),
                                                        Optional.empty(),
                                                        "",
                                                        OptionalLong.empty())));
        assertTrue(undecided.message().contains("data.sheaf.decision"), undecided.message());
        assertEquals(1, operator.policies().inForce().revision());
        assertTrue(audit().stream().anyMatch(line -> line.contains("\"policy.apply\"")));
        assertTrue(
                audit().stream()
                        .anyMatch(line ->
                                line.contains("\"policy.apply\"")
                                        && line.contains("\"outcome\":\"failed\"")));
    }

    @Test
    void scopesSayWhoMay() {
        SheafClient reader = client("policy.read");
        assertEquals(0, reader.policies().inForce().revision());
        SheafClient other = client("catalog.read");
        for (Runnable refused :
                List.<Runnable>of(
                        () -> reader.policies().apply(adding("x.rego", "package rules.x")),
                        () -> reader.policies().compare(adding("x.rego", "package rules.x")),
                        () ->
                                reader.policies()
                                        .rollback(new PolicyRollback(0, "", OptionalLong.empty())),
                        () -> other.policies().inForce(),
                        () -> other.policies().history())) {
            assertEquals(ProblemCode.FORBIDDEN, assertThrows(Problem.class, refused::run).code());
        }
    }

    @Test
    void aDryRunTellsWhoseAnswersChangeAndChangesNothing() throws IOException {
        mesh();
        SheafClient ada = client("catalog.read");
        assertEquals(List.of(), ada.products());
        PolicyComparison same = operator.policies().compare(adding("x.rego", "package rules.x"));
        assertEquals(List.of(), same.differences());
        assertTrue(same.questions() > 10, same.toString());
        PolicyComparison more =
                operator.policies()
                        .compare(
                                adding(
                                        "ada.rego",
                                        """
                                        package rules.ada
                                        permit contains "ada.sees" if input.subject.id == "ada"
                                        mask.email := {"kind": "null"} if input.subject.id == "ada"
                                        """));
        assertFalse(more.truncated());
        assertFalse(more.differences().isEmpty());
        assertTrue(
                more.differences().stream()
                        .allMatch(each ->
                                each.subject().equals("ada")
                                        && !each.before().allow()
                                        && each.after().allow()
                                        && each.after().reasons().equals(List.of("ada.sees"))));
        for (PolicyDifference.Origin origin : PolicyDifference.Origin.values()) {
            assertTrue(
                    more.differences().stream().anyMatch(each -> each.origin() == origin),
                    origin.toString());
        }
        assertEquals(List.of(), ada.products());
        assertEquals(0, operator.policies().inForce().revision());
    }

    @Test
    void aDryRunTellsWhichGrantsWouldCountNoMoreAlsoAfterAStart() throws IOException {
        mesh();
        List<String> ids = new ArrayList<>();
        for (String holder : List.of("ada", "team:insights")) {
            GrantInfo asked =
                    operator.access()
                            .request(
                                    new GrantRequest(
                                            "customer.customers",
                                            "churn",
                                            Optional.of(Instant.now().plusSeconds(3600)),
                                            Optional.empty(),
                                            Optional.of(holder),
                                            Optional.empty(),
                                            Optional.empty()));
            String owner =
                    operator.createToken(
                                    new TokenRequest(
                                            "owner",
                                            List.of("access.decide", "catalog.read"),
                                            List.of("customer"),
                                            List.of(),
                                            OptionalLong.empty()))
                            .token();
            try (SheafClient deciding = new SheafClient(node.url(), () -> owner)) {
                deciding.access()
                        .approve(
                                asked.id(),
                                new GrantApproval(
                                        Optional.empty(), Optional.empty(), Optional.empty()));
            }
            ids.add(asked.id());
        }
        stop();
        start();
        PolicyComparison less =
                operator.policies()
                        .compare(
                                adding(
                                        "no.rego",
                                        "package rules.no\ndeny contains \"no.churn\" if"
                                                + " input.context.purpose == \"churn\""));
        List<PolicyDifference> queries =
                less.differences().stream()
                        .filter(each -> each.action().equals("product.query"))
                        .toList();
        assertEquals(
                Set.copyOf(ids),
                Set.copyOf(queries.stream().flatMap(each -> each.grants().stream()).toList()),
                less.toString());
        assertTrue(
                queries.stream()
                        .allMatch(each ->
                                each.before().allow()
                                        && !each.after().allow()
                                        && each.purpose().equals("churn")
                                        && each.resource().equals("customer.customers")));
    }

    @Test
    void aPolicyThatNeverEndsDeniesWithinItsLimitAndTheNodeStaysUp() throws IOException {
        mesh();
        int products = operator.products().size();
        assertTrue(products > 0);
        operator.policies().apply(adding("endless.rego", ENDLESS));
        long began = System.nanoTime();
        List<ProductSummary> seen = operator.products();
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertEquals(List.of(), seen);
        assertTrue(millis < 2_000L * (products + 1), millis + " ms");
        assertEquals(HealthStatus.OK, operator.ready().status(), operator.ready().toString());
        operator.policies().rollback(new PolicyRollback(0, "", OptionalLong.empty()));
        assertEquals(products, operator.products().size());
    }

    @Test
    void aNodeWithBrokenPoliciesStartsDeniesAndIsRepaired() throws IOException {
        mesh();
        operator.policies().apply(adding("x.rego", "package rules.x"));
        stop();
        Files.writeString(data.resolve("policies/1/files/x.rego"), "package rules.y");
        start();
        HealthCheck check =
                operator.ready().checks().stream()
                        .filter(each -> each.name().equals("policies"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(HealthStatus.FAILING, check.status());
        assertEquals(Optional.of("INVALID_POLICY"), check.message());
        assertEquals(List.of(), operator.products());
        assertEquals(
                ProblemCode.INVALID_POLICY,
                assertThrows(Problem.class, () -> operator.policies().inForce()).code());
        assertTrue(operator.policies().history().fault().isPresent());
        assertTrue(
                Files.readString(data.resolve("logs/node.jsonl")).contains("EVERYTHING IS DENIED"));
        assertEquals(2, operator.policies().apply(adding("x.rego", "package rules.x")).revision());
        assertEquals(HealthStatus.OK, operator.ready().status());
        assertFalse(operator.products().isEmpty());
    }

    @Test
    void theLabShowsWhatSomebodyWouldSeeAndWhyAndNotTheKey() throws IOException {
        mesh();
        ProductName customers = ProductName.parse("customer.customers");
        Path file = EXAMPLES.resolve("data/chinook/customers.csv");
        RunInfo started = operator.publish(customers, List.of(Upload.of(file)), false, bytes -> {});
        RunInfo run = operator.await(started.id(), state -> {});
        assertEquals(RunState.COMMITTED, run.state(), run.toString());
        PolicyLabRequest ada = asAda("SELECT * FROM customer.customers c");
        PolicyLabAnswer denied = operator.policies().lab(ada);
        assertTrue(denied.refused().orElseThrow().contains("there is no product"));
        assertTrue(denied.statement().isEmpty());
        assertFalse(denied.decisions().getFirst().answer().allow());

        operator.policies()
                .apply(
                        adding(
                                "ada.rego",
                                """
                                package rules.ada
                                permit contains "ada.sees" if input.subject.id == "ada"
                                filter contains "country = 'France'" if input.subject.id == "ada"
                                """));
        PolicyLabAnswer allowed = operator.policies().lab(ada);
        assertEquals(Optional.empty(), allowed.refused());
        PolicyLabDecision decision = allowed.decisions().getFirst();
        assertEquals(List.of("ada.sees"), decision.answer().reasons());
        assertFalse(decision.answer().masks().isEmpty());
        assertTrue(
                decision.trace().stream().anyMatch(line -> line.contains("ada.rego")),
                decision.trace().toString());
        PolicyLabStatement statement = allowed.statement().orElseThrow();
        PolicyLabStatement.View view = statement.views().getFirst();
        assertEquals("customer.customers", view.product());
        assertEquals(1, view.release());
        assertTrue(statement.sql().contains(view.name()), statement.sql());
        assertTrue(view.sql().contains("sha256(concat('000000"), view.sql());
        assertTrue(view.sql().endsWith("WHERE ((country = 'France'))"), view.sql());
        String key = Files.readString(data.resolve("keys/mask.key")).strip();
        assertEquals(64, key.length());
        assertFalse(Wire.json().writeValueAsString(allowed).contains(key));

        PolicyLabAnswer asked =
                operator.policies()
                        .lab(
                                new PolicyLabRequest(
                                        Optional.of(decision.input()),
                                        Optional.of(
                                                new PolicyLabSubject(
                                                        "bob", List.of(), List.of("customer"))),
                                        Optional.empty(),
                                        Optional.of("audit")));
        PolicyLabDecision own = asked.decisions().getFirst();
        assertTrue(own.answer().allow(), own.toString());
        assertEquals("bob", own.input().at("/subject/id").asString());
        assertEquals("audit", own.input().at("/context/purpose").asString());
        assertTrue(asked.decides());
        // What the lab asked is not remembered as asked.
        assertTrue(
                operator
                        .policies()
                        .compare(adding("x.rego", "package rules.x"))
                        .differences()
                        .stream()
                        .noneMatch(each -> each.subject().equals("bob")));
        assertEquals(
                ProblemCode.FORBIDDEN,
                assertThrows(Problem.class, () -> client("policy.read").policies().lab(ada))
                        .code());
        assertEquals(
                ProblemCode.BAD_REQUEST,
                assertThrows(
                                Problem.class,
                                () ->
                                        operator.policies()
                                                .lab(
                                                        new PolicyLabRequest(
                                                                Optional.empty(),
                                                                Optional.empty(),
                                                                Optional.of("SELECT 1"),
                                                                Optional.empty())))
                        .code());
    }

    private static PolicyLabRequest asAda(String sql) {
        return new PolicyLabRequest(
                Optional.empty(),
                Optional.of(new PolicyLabSubject("ada", List.of(), List.of())),
                Optional.of(sql),
                Optional.of("churn"));
    }

    @Test
    void aNodeWhoseExternalOpaIsSilentDeniesAndSaysSo() throws IOException {
        mesh();
        assertFalse(operator.products().isEmpty());
        stop();
        Files.writeString(
                data.resolve("sheaf.yaml"), "governance: {opa: {url: 'http://127.0.0.1:1'}}\n");
        start();
        assertEquals(List.of(), operator.products());
        HealthCheck check =
                operator.ready().checks().stream()
                        .filter(each -> each.name().equals("opa"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(HealthStatus.FAILING, check.status());
        assertFalse(operator.policies().lab(asAda("SELECT 1")).decides());
    }

    private SheafClient client(String... scopes) {
        String token =
                operator.createToken(
                                new TokenRequest(
                                        "ada",
                                        List.of(scopes),
                                        List.of(),
                                        List.of(),
                                        OptionalLong.empty()))
                        .token();
        return new SheafClient(node.url(), () -> token);
    }

    private static PolicyApply adding(String path, String text) {
        return new PolicyApply(
                Map.of(path, text),
                OptionalInt.empty(),
                Optional.of(true),
                "",
                OptionalLong.empty());
    }

    private List<String> audit() throws IOException {
        return Files.readAllLines(data.resolve("logs/audit.jsonl"));
    }

    private void mesh() throws IOException {
        Path folder = EXAMPLES.resolve("mesh");
        List<ManifestFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path :
                    found.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
                files.add(
                        new ManifestFile(
                                folder.relativize(path).toString(), Files.readAllBytes(path)));
            }
        }
        operator.apply(new Manifests(files, Optional.empty()));
    }
}
