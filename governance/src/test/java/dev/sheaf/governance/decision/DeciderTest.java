package dev.sheaf.governance.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.governance.source.PolicySource;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.ObjectValue;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

final class DeciderTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Subject OWNER = subject("olga", "customer");
    private static final Subject ANALYST = subject("ana", "sales");
    private static final Resource CUSTOMERS =
            product(
                    List.of(
                            new Column("id", "", List.of(), ""),
                            new Column("email", "email", List.of(), ""),
                            new Column("born", "date_of_birth", List.of(), ""),
                            new Column("notes", "pii", List.of(), ""),
                            new Column("rating", "secret", List.of(), "")));

    private final Decider decider = new Decider(System::nanoTime, new Random(1));

    DeciderTest() {
        decider.use(StandardPack.load());
    }

    private static Subject subject(String id, String domain) {
        return new Subject(id, "user", Set.of(), Set.of(), Set.of(domain));
    }

    private static Resource product(List<Column> columns) {
        return new Resource(
                "product",
                "customer.customers",
                "customer",
                "customers",
                "azure/westeurope",
                "internal",
                false,
                List.of(),
                columns,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Circumstances at(Instant time, String purpose, GrantFacts... grants) {
        return new Circumstances(time, purpose, "azure/westeurope", "duckdb", List.of(grants));
    }

    private static GrantFacts grant(String purpose, boolean isRevoked, boolean isClear) {
        return new GrantFacts(
                "g-1",
                "customer.customers",
                purpose,
                NOW.minusSeconds(3600),
                NOW.plusSeconds(3600),
                isRevoked,
                isClear);
    }

    private Decision ask(Subject subject, Action action, Resource resource, Circumstances around) {
        return decider.decide(new Question(subject, action, resource, around));
    }

    private Decision query(Subject subject, Circumstances around) {
        return ask(subject, Action.PRODUCT_QUERY, CUSTOMERS, around);
    }

    private static void denied(String reason, Decision decision) {
        Decision.Deny deny = assertInstanceOf(Decision.Deny.class, decision);
        assertTrue(
                deny.reasons().stream().anyMatch(each -> each.contains(reason)),
                () -> deny.reasons().toString());
    }

    // --- the standard pack

    @Test
    void theDomainsOwnPeopleSeeTheirDataAsItIs() {
        Decision.Allow allow = assertInstanceOf(Decision.Allow.class, query(OWNER, at(NOW, "")));
        assertEquals(Map.of(), allow.masks());
    }

    @Test
    void nobodyElseSeesAnythingWithoutAGrant() {
        denied("nothing permits it", query(ANALYST, at(NOW, "churn")));
        denied("", ask(ANALYST, Action.PRODUCT_DESCRIBE, CUSTOMERS, at(NOW, "")));
    }

    @Test
    void aGrantShowsPersonalDataMasked() {
        Decision.Allow allow =
                assertInstanceOf(
                        Decision.Allow.class,
                        query(ANALYST, at(NOW, "churn", grant("churn", false, false))));
        assertEquals(
                Map.of(
                        "email", new Mask.Partial(1, 0, "@"),
                        "born", new Mask.ToPeriod("year"),
                        "notes", new Mask.Hash(),
                        "rating", new Mask.Nothing()),
                allow.masks());
    }

    @Test
    void aClearGrantShowsPersonalDataButNoSecrets() {
        Decision.Allow allow =
                assertInstanceOf(
                        Decision.Allow.class,
                        query(ANALYST, at(NOW, "churn", grant("churn", false, true))));
        assertEquals(Map.of("rating", new Mask.Nothing()), allow.masks());
    }

    @Test
    void aGrantCountsForItsPurposeWithinItsTimeUntilItIsRevoked() {
        GrantFacts grant = grant("churn", false, false);
        denied("nothing permits it", query(ANALYST, at(NOW, "marketing", grant)));
        denied("purpose.missing", query(ANALYST, at(NOW, "", grant)));
        denied("nothing permits it", query(ANALYST, at(NOW.plusSeconds(3600), "churn", grant)));
        denied("nothing permits it", query(ANALYST, at(NOW.minusSeconds(3601), "churn", grant)));
        denied("nothing permits it", query(ANALYST, at(NOW, "churn", grant("churn", true, false))));
    }

    @Test
    void anUnknownClassificationIsRefusedAtApply() {
        Resource product = product(List.of(new Column("x", "top-secret", List.of(), "")));
        denied("classification.unknown", ask(OWNER, Action.PRODUCT_APPLY, product, at(NOW, "")));
    }

    @Test
    void personalDataOfEuropeStaysThere() {
        Circumstances toTheUnitedStates =
                new Circumstances(NOW, "", "aws/us-east-1", "", List.of());
        denied("residency.gdpr", ask(OWNER, Action.PRODUCT_TRANSFER, CUSTOMERS, toTheUnitedStates));
        Circumstances toEurope = new Circumstances(NOW, "", "gcp/europe-west1", "", List.of());
        assertInstanceOf(
                Decision.Allow.class, ask(OWNER, Action.PRODUCT_TRANSFER, CUSTOMERS, toEurope));
    }

    @Test
    void anAnswerLeavesEuropeWithoutPersonalColumnsEvenForTheirOwners() {
        Circumstances toTheUnitedStates =
                new Circumstances(NOW, "", "aws/us-east-1", "duckdb", List.of());
        for (Action action : List.of(Action.PRODUCT_QUERY, Action.PRODUCT_SAMPLE)) {
            Decision.Allow away =
                    assertInstanceOf(
                            Decision.Allow.class, ask(OWNER, action, CUSTOMERS, toTheUnitedStates));
            assertEquals(
                    Map.of(
                            "email", new Mask.Nothing(),
                            "born", new Mask.Nothing(),
                            "notes", new Mask.Nothing()),
                    away.masks());
        }
        Circumstances toEurope =
                new Circumstances(NOW, "", "gcp/europe-west1", "duckdb", List.of());
        Decision.Allow near =
                assertInstanceOf(
                        Decision.Allow.class,
                        ask(OWNER, Action.PRODUCT_QUERY, CUSTOMERS, toEurope));
        assertEquals(Map.of(), near.masks());
        Decision.Allow home =
                assertInstanceOf(
                        Decision.Allow.class,
                        ask(OWNER, Action.PRODUCT_QUERY, CUSTOMERS, at(NOW, "")));
        assertEquals(Map.of(), home.masks());
    }

    @Test
    void aGrantThatShowsPersonalDataDoesNotCarryItOverTheBorder() {
        Circumstances toTheUnitedStates =
                new Circumstances(
                        NOW,
                        "churn",
                        "aws/us-east-1",
                        "duckdb",
                        List.of(grant("churn", false, true)));
        Decision.Allow allow =
                assertInstanceOf(
                        Decision.Allow.class,
                        ask(ANALYST, Action.PRODUCT_QUERY, CUSTOMERS, toTheUnitedStates));
        assertEquals(new Mask.Nothing(), allow.masks().get("email"));
        assertEquals(new Mask.Nothing(), allow.masks().get("notes"));
    }

    @Test
    void anAnswerGoesWhereTheOwnerSaysAndNowhereElse() {
        Resource named =
                new Resource(
                        "product",
                        "customer.customers",
                        "customer",
                        "customers",
                        "azure/westeurope",
                        "internal",
                        false,
                        List.of("azure/westeurope", "aws/us-east-1"),
                        CUSTOMERS.columns(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty());
        Circumstances toNamed = new Circumstances(NOW, "", "aws/us-east-1", "duckdb", List.of());
        assertEquals(
                Map.of(),
                assertInstanceOf(
                                Decision.Allow.class,
                                ask(OWNER, Action.PRODUCT_QUERY, named, toNamed))
                        .masks());
        Circumstances elsewhere =
                new Circumstances(NOW, "", "gcp/europe-west1", "duckdb", List.of());
        denied("residency.owner", ask(OWNER, Action.PRODUCT_QUERY, named, elsewhere));
        denied("residency.owner", ask(OWNER, Action.PRODUCT_SAMPLE, named, elsewhere));
    }

    @Test
    void retentionQualityAndEncryptionAreHeldAgainstWhatIsWanted() {
        Resource kept =
                new Resource(
                        "product",
                        "customer.customers",
                        "customer",
                        "customers",
                        "azure/westeurope",
                        "internal",
                        false,
                        List.of(),
                        CUSTOMERS.columns(),
                        OptionalInt.of(400),
                        Optional.of(new java.math.BigDecimal("0.9")),
                        Optional.of(false));
        Decision.Deny deny =
                assertInstanceOf(
                        Decision.Deny.class, ask(OWNER, Action.PRODUCT_PUBLISH, kept, at(NOW, "")));
        assertEquals(
                List.of(
                        "encryption.missing: personal data is stored encrypted at rest",
                        "quality.low: the score is 0.9, and 0.95 is wanted",
                        "retention.range: personal data is kept 30 to 365 days, not 400"),
                deny.reasons());
    }

    private static Resource published(Column column) {
        return new Resource(
                "product",
                "customer.customers",
                "customer",
                "customers",
                "azure/westeurope",
                "",
                false,
                List.of(),
                List.of(column),
                OptionalInt.empty(),
                Optional.of(java.math.BigDecimal.ONE),
                Optional.empty());
    }

    private Decision release(Column column) {
        return ask(OWNER, Action.PRODUCT_PUBLISH, published(column), at(NOW, ""));
    }

    @Test
    void whatLooksPersonalIsHeldUntilItIsDecided() {
        denied(
                "classification.undecided: column \"c1\" looks like email; classify it"
                        + " (classification: email), or say that it is none (tags: [not-personal])",
                release(new Column("c1", "", List.of(), "email", 0.5)));
        assertInstanceOf(
                Decision.Allow.class, release(new Column("c1", "", List.of(), "email", 0.49)));
        assertInstanceOf(
                Decision.Allow.class, release(new Column("c1", "public", List.of(), "email", 1)));
        assertInstanceOf(
                Decision.Allow.class,
                release(new Column("c1", "", List.of("x", "not-personal"), "email", 1)));
    }

    @Test
    void settingsSayHowStrictlyUndecidedColumnsAndUnknownStoresAreTaken() {
        Column looks = new Column("c1", "", List.of(), "email", 0.6);
        Column personal = new Column("c1", "email", List.of(), "");
        assertInstanceOf(Decision.Allow.class, release(personal));
        decider.use(withSettings("undecidedConfidence: 0.7\n  unknownEncryptionHolds: true"));
        assertInstanceOf(Decision.Allow.class, release(looks));
        denied("encryption.unknown", release(personal));
        decider.use(withSettings("undecidedHolds: false"));
        assertInstanceOf(
                Decision.Allow.class, release(new Column("c1", "", List.of(), "email", 1)));
    }

    @Test
    void anOwnerMayNotAskForLessQualityUnlessTheMeshSaysSo() {
        Resource low =
                Resource.named("product", "customer.customers", "customer", "customers")
                        .measured(
                                List.of(),
                                new java.math.BigDecimal("0.9"),
                                new java.math.BigDecimal("0.8"),
                                Optional.empty());
        denied(
                "quality.low: the score is 0.9, and 0.95 is wanted",
                ask(OWNER, Action.PRODUCT_PUBLISH, low, at(NOW, "")));
        decider.use(withSettings("ownScoreCounts: true"));
        assertInstanceOf(
                Decision.Allow.class, ask(OWNER, Action.PRODUCT_PUBLISH, low, at(NOW, "")));
    }

    private static PolicySet withSettings(String settings) {
        return PolicySource.of(
                        Map.of("settings.yaml", "sheaf_settings:\n  " + settings + "\n"),
                        RegoVersion.V1)
                .withStandardPack()
                .compile();
    }

    // --- policies of others

    private static PolicySet with(String... modules) {
        List<Module> all = new ArrayList<>(StandardPack.modules());
        for (String module : modules) {
            all.add(Parser.module("own-" + all.size() + ".rego", module, RegoVersion.V1));
        }
        return PolicySet.compile(all, StandardPack.settings());
    }

    @Test
    void aDomainsRulesCountForItsOwnResourcesOnly() {
        decider.use(
                with(
                        """
                        package domains.customer
                        permit contains "customer.sales: sales reads customers" if {
                        	"sales" in input.subject.domains
                        	input.action == "product.query"
                        }
                        filter contains "country = 'FR'" if input.action == "product.query"
                        """,
                        "package domains.hr\npermit contains \"hr: everything\" if true\n"));
        Decision.Allow allow =
                assertInstanceOf(Decision.Allow.class, query(ANALYST, at(NOW, "churn")));
        assertEquals(List.of("country = 'FR'"), allow.filters());
        assertEquals(List.of("customer.sales: sales reads customers"), allow.reasons());
    }

    @Test
    void whatAnythingDeniesStaysDenied() {
        decider.use(
                with(
                        "package rules.freeze\ndeny contains \"freeze: closed for the audit\" if"
                                + " true\n"));
        denied("freeze", query(OWNER, at(NOW, "")));
    }

    @Test
    void ofSeveralMasksTheStrictestCounts() {
        decider.use(
                with(
                        """
                        package domains.customer
                        mask["email"] := {"kind": "null"}
                        mask["notes"] := {"kind": "partial", "keepFirst": 3}
                        """));
        Decision.Allow allow =
                assertInstanceOf(
                        Decision.Allow.class,
                        query(ANALYST, at(NOW, "churn", grant("churn", false, false))));
        assertEquals(new Mask.Nothing(), allow.masks().get("email"));
        assertEquals(new Mask.Hash(), allow.masks().get("notes"));
    }

    // --- what cannot be decided is denied

    @Test
    void withoutPoliciesEverythingIsDenied() {
        Decider nothing = new Decider(System::nanoTime, new Random(1));
        denied(
                "policy.missing",
                nothing.decide(new Question(OWNER, Action.PRODUCT_QUERY, CUSTOMERS, at(NOW, ""))));
    }

    private static PolicySet only(String module) {
        return PolicySet.compile(
                List.of(Parser.module("a.rego", module, RegoVersion.V1)), ObjectValue.EMPTY);
    }

    @Test
    void aSilentPolicyDenies() {
        decider.use(only("package other\np := 1\n"));
        denied("policy.silent", query(OWNER, at(NOW, "")));
    }

    @Test
    void aPolicyThatContradictsItselfDenies() {
        decider.use(only("package sheaf\ndecision := {\"allow\": x} if some x in [true, false]\n"));
        denied("policy.failed", query(OWNER, at(NOW, "")));
    }

    @Test
    void aPolicyThatDoesNotEndDenies() {
        decider.use(
                only(
                        """
                        package sheaf
                        n := numbers.range(1, 1000)
                        decision := {"allow": true} if {
                        	count([1 | some a in n; some b in n; some c in n]) > 0
                        }
                        """));
        denied("policy.failed", query(OWNER, at(NOW, "")));
    }

    @Test
    void aMaskThatCannotBeReadDenies() {
        decider.use(
                only(
                        "package sheaf\n"
                                + "decision := {\"allow\": true, \"masks\": {\"x\": {\"kind\":"
                                + " \"magic\"}}}\n"));
        denied("magic", query(OWNER, at(NOW, "")));
    }

    @Test
    void revisionsAreOfAllThatASetHolds() {
        assertEquals(StandardPack.load().revision(), StandardPack.load().revision());
        assertNotEquals(StandardPack.load().revision(), with("package rules.x\n").revision());
        assertNotEquals(
                PolicySet.compile(StandardPack.modules(), ObjectValue.EMPTY).revision(),
                StandardPack.load().revision());
    }

    private static Resource support(List<String> residency, String id) {
        return new Resource(
                "context",
                id,
                "support",
                "support.case",
                "azure/westeurope",
                "",
                false,
                residency,
                List.of(
                        new Column("/customer/email", "pii", List.of("contact"), ""),
                        new Column("/note", "secret", List.of(), "")),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Decision context(Subject subject, Action action, Circumstances circumstances) {
        return decider.decide(
                new Question(
                        subject, action, support(List.of(), "support.case/c-1"), circumstances));
    }

    @Test
    void contextIsItsDomainsOwn() {
        Circumstances nothing = new Circumstances(NOW, "", "azure/westeurope", "", List.of());
        for (Action action :
                List.of(Action.CONTEXT_READ, Action.CONTEXT_WRITE, Action.CONTEXT_ERASE)) {
            Decision.Allow own =
                    assertInstanceOf(
                            Decision.Allow.class,
                            context(subject("olga", "support"), action, nothing));
            assertEquals(Map.of(), own.masks());
            assertInstanceOf(
                    Decision.Deny.class, context(subject("ana", "sales"), action, nothing));
        }
    }

    @Test
    void aGrantOnAContextTypeIsForReadingItsDocuments() {
        GrantFacts grant =
                new GrantFacts(
                        "g-1",
                        "support.case",
                        "care",
                        NOW.minusSeconds(1),
                        NOW.plusSeconds(1),
                        false,
                        false);
        Circumstances said = new Circumstances(NOW, "care", "", "", List.of(grant));
        Decision.Allow seen =
                assertInstanceOf(
                        Decision.Allow.class,
                        context(subject("ana", "sales"), Action.CONTEXT_READ, said));
        assertEquals(
                Map.of("/customer/email", new Mask.Hash(), "/note", new Mask.Nothing()),
                seen.masks());
        assertInstanceOf(
                Decision.Deny.class, context(subject("ana", "sales"), Action.CONTEXT_WRITE, said));
        Circumstances unsaid = new Circumstances(NOW, "", "", "", List.of(grant));
        Decision denied = context(subject("ana", "sales"), Action.CONTEXT_READ, unsaid);
        assertTrue(denied.reasons().toString().contains("purpose.missing"), denied.toString());
    }

    @Test
    void contextGoesWhereItsOwnerSaysElseWithinTheAreaOfItsLaw() {
        Subject node =
                new Subject(
                        "node/azure/westeurope", "service", Set.of(), Set.of(), Set.of("support"));
        Circumstances east = new Circumstances(NOW, "", "aws/us-east-1", "", List.of());
        assertInstanceOf(
                Decision.Deny.class,
                decider.decide(
                        new Question(
                                node,
                                Action.CONTEXT_REPLICATE,
                                support(List.of(), "support.case"),
                                east)));
        assertInstanceOf(
                Decision.Allow.class,
                decider.decide(
                        new Question(
                                node,
                                Action.CONTEXT_REPLICATE,
                                support(
                                        List.of("azure/westeurope", "aws/us-east-1"),
                                        "support.case"),
                                east)));
        assertInstanceOf(
                Decision.Allow.class,
                decider.decide(
                        new Question(
                                node,
                                Action.CONTEXT_REPLICATE,
                                support(List.of(), "support.case"),
                                new Circumstances(NOW, "", "gcp/europe-west1", "", List.of()))));
    }
}
