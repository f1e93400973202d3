package dev.sheaf.node.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ProblemBody;
import dev.sheaf.client.Wire;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Circumstances;
import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.governance.decision.Subject;
import dev.sheaf.governance.source.PolicySource;
import dev.sheaf.governance.source.PolicyTrial;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.syntax.RegoVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

final class PolicyStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    /// Allowed by the pack: it is the subject's own domain.
    private static final Question OWN =
            new Question(
                    new Subject("ada", "user", Set.of(), Set.of(), Set.of("sales")),
                    Action.PRODUCT_QUERY,
                    Resource.named("product", "sales.orders", "sales", "orders"),
                    new Circumstances(NOW, "", "", "", List.of()));

    @TempDir private Path data = Path.of("");
    private final Decider decider = new Decider(System::nanoTime, new Random(1));

    @Test
    void theStandardPackDecidesUntilSomethingIsApplied() {
        PolicyStore store = open();
        assertEquals(0, current(store));
        assertInstanceOf(Decision.Allow.class, decider.decide(OWN));
        assertEquals(PolicyChange.Kind.BEGAN, store.changes().getFirst().kind());
    }

    @Test
    void whatIsAppliedDecidesAndIsThereAfterTheNextStart() {
        PolicyStore store = open();
        PolicyStore.Revision applied = apply(store, denying("closed"));
        assertEquals(1, applied.number());
        for (int start = 0; start < 2; start++) {
            Decision.Deny denied = assertInstanceOf(Decision.Deny.class, decider.decide(OWN));
            assertEquals(List.of("closed"), denied.reasons());
            assertEquals(applied.digest(), denied.revision());
            store = open();
        }
        PolicyChange change = store.changes().getFirst();
        assertEquals(
                new PolicyChange(
                        PolicyChange.Kind.APPLIED, 1, applied.digest(), "ada", NOW, "because"),
                change);
        assertEquals(denying("closed"), store.revision(1).source());
        assertEquals(PolicySource.standardPack(), store.revision(0).source());
    }

    @Test
    void theSameSetAgainMakesNoRevision() {
        PolicyStore store = open();
        apply(store, denying("closed"));
        assertEquals(1, apply(store, denying("closed")).number());
        assertEquals(2, store.changes().size());
    }

    @Test
    void oneThatDoesNotCompileOrFailsItsTestsChangesNothing() throws IOException {
        PolicyStore store = open();
        apply(store, denying("closed"));
        Map<String, String> before = files();
        Problem broken =
                assertThrows(
                        Problem.class,
                        () ->
                                apply(
                                        store,
                                        source(
                                                Map.of(
                                                        "a.rego",
                                                        "package a\nx := ",
                                                        "b.rego",
                                                        "?"))));
        assertEquals(ProblemCode.INVALID_POLICY, broken.code());
        assertEquals(
                2,
                ((List<?>) java.util.Objects.requireNonNull(broken.details().get("diagnostics")))
                        .size());
        Problem failing =
                assertThrows(
                        Problem.class,
                        () ->
                                apply(
                                        store,
                                        source(
                                                Map.of(
                                                        "a.rego",
                                                        "package sheaf\n"
                                                                + "decision := {\"allow\": true}\n",
                                                        "a_test.rego",
                                                        "package t\n"
                                                            + "test_no if not"
                                                            + " data.sheaf.decision.allow\n"
                                                            + "test_yes if"
                                                            + " data.sheaf.decision.allow\n"))));
        assertEquals(ProblemCode.INVALID_POLICY, failing.code());
        assertTrue(failing.message().contains("data.t.test_no"), failing.message());
        assertFalse(failing.message().contains("test_yes"), failing.message());
        assertEquals(
                1,
                ((List<?>) java.util.Objects.requireNonNull(failing.details().get("failedTests")))
                        .size());
        assertEquals(before, files());
        assertEquals(1, current(store));
        assertInstanceOf(Decision.Deny.class, decider.decide(OWN));
    }

    @Test
    void anEarlierRevisionComesBackWithAReason() {
        PolicyStore store = open();
        apply(store, denying("one"));
        apply(store, denying("two"));
        store.rollback(1, "bob", "two was wrong", OptionalLong.empty());
        assertEquals(List.of("one"), decider.decide(OWN).reasons());
        assertEquals(1, current(open()));
        PolicyChange change = store.changes().getFirst();
        assertEquals(PolicyChange.Kind.ROLLED_BACK, change.kind());
        assertEquals("bob", change.by());
        store.rollback(0, "bob", "", OptionalLong.empty());
        assertInstanceOf(Decision.Allow.class, decider.decide(OWN));
        assertEquals(3, apply(store, denying("three")).number());
        assertEquals(
                ProblemCode.NOT_FOUND,
                assertThrows(
                                Problem.class,
                                () -> store.rollback(9, "bob", "", OptionalLong.empty()))
                        .code());
    }

    @Test
    void twoAppliesAtOnceBecomeTwoRevisionsOrOneIsRefused() throws Exception {
        PolicyStore store = open();
        List<String> outcomes = atOnce(store, OptionalLong.empty());
        assertEquals(List.of("1", "2"), outcomes);
        long first = current(store);
        assertEquals(2, first);
        assertEquals(decider.decide(OWN).revision(), store.revision(first).digest());
        assertEquals(List.of("3", "CONFLICT"), atOnce(store, OptionalLong.of(2)));
        assertEquals(3, current(open()));
        assertEquals(
                List.of(3L, 2L, 1L, 0L),
                store.changes().stream().map(PolicyChange::revision).toList());
    }

    private List<String> atOnce(PolicyStore store, OptionalLong expected) throws Exception {
        ConcurrentLinkedQueue<String> outcomes = new ConcurrentLinkedQueue<>();
        CountDownLatch ready = new CountDownLatch(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String name : List.of("a", "b")) {
                threads.submit(() -> {
                    PolicySource source = denying(name + expected);
                    ready.countDown();
                    ready.await();
                    try {
                        outcomes.add(
                                Long.toString(store.apply(source, name, "", expected).number()));
                    } catch (Problem problem) {
                        outcomes.add(problem.code().name());
                    }
                    return true;
                });
            }
        }
        return outcomes.stream().sorted().toList();
    }

    @ParameterizedTest
    @EnumSource(DyingDisk.Cut.class)
    void aCrashAtAnyStepLeavesTheOldOrTheNew(DyingDisk.Cut cut) throws IOException {
        int old = 0;
        int changed = 0;
        boolean isWhole = false;
        for (int step = 0; !isWhole; step++) {
            Path folder = data.resolve(cut + "-" + step);
            new PolicyStore(folder, decider, trial(), CLOCK)
                    .apply(denying("old"), "ada", "", OptionalLong.empty());
            DyingDisk disk = new DyingDisk(step, cut);
            Decider dying = new Decider(System::nanoTime, new Random(1));
            PolicyStore store = new PolicyStore(folder, disk, dying, trial(), CLOCK);
            isWhole = isApplied(store, folderSource());
            assertEquals(disk.isDead(), !isWhole);
            Decider next = new Decider(System::nanoTime, new Random(1));
            PolicyStore again = new PolicyStore(folder, next, trial(), CLOCK);
            String where = cut + " at step " + step;
            assertEquals(java.util.Optional.empty(), again.fault(), where);
            String reason = next.decide(OWN).reasons().getFirst();
            assertTrue(Set.of("old", "new").contains(reason), where + ": " + reason);
            assertTrue(!isWhole || reason.equals("new"), where);
            // What the process itself thought before it died is what the next one finds.
            assertEquals(reason, dying.decide(OWN).reasons().getFirst(), where);
            assertEquals(current(again), again.changes().getFirst().revision(), where);
            long number = again.apply(denying("next"), "ada", "", OptionalLong.empty()).number();
            assertTrue(number > current(again) - 1 && number >= 2, where);
            assertEquals("next", next.decide(OWN).reasons().getFirst(), where);
            Decider last = new Decider(System::nanoTime, new Random(1));
            assertEquals(number, current(new PolicyStore(folder, last, trial(), CLOCK)), where);
            old += reason.equals("old") ? 1 : 0;
            changed += reason.equals("new") ? 1 : 0;
        }
        assertTrue(old > 8, old + " of the old");
        assertTrue(changed > 0, changed + " of the new");
    }

    @ParameterizedTest
    @EnumSource(DyingDisk.Cut.class)
    void aCrashAtTheFirstStartLeavesTheStandardPackToTheNext(DyingDisk.Cut cut) {
        for (int step = 0; step < 12; step++) {
            Path folder = data.resolve("first-" + cut + "-" + step);
            new PolicyStore(folder, new DyingDisk(step, cut), decider, trial(), CLOCK);
            PolicyStore store = new PolicyStore(folder, decider, trial(), CLOCK);
            assertEquals(java.util.Optional.empty(), store.fault(), cut + " at step " + step);
            assertEquals(0, current(store));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "current",
                "history.jsonl",
                "1",
                "1/revision.json",
                "1/files/a.rego",
                "1/files"
            })
    void whatIsMissingDeniesEverythingUntilPoliciesAreApplied(String missing) throws IOException {
        apply(open(), denying("closed"));
        new PolicyDisk().delete(data.resolve("policies").resolve(missing));
        requireRecovery("closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"current", "history.jsonl", "1/revision.json", "1/files/a.rego"})
    void whatIsBrokenDeniesEverythingUntilPoliciesAreApplied(String broken) throws IOException {
        apply(open(), allowing());
        Path file = data.resolve("policies").resolve(broken);
        for (String text : List.of("", "{}\n", "\0\n", Files.readString(file) + "\n# more\n")) {
            byte[] sound = Files.readAllBytes(file);
            Files.writeString(file, text);
            PolicyStore store = open();
            assertTrue(store.fault().isPresent(), broken + " = " + text);
            Decision.Deny denied = assertInstanceOf(Decision.Deny.class, decider.decide(OWN));
            assertTrue(denied.reasons().getFirst().startsWith("policy.missing"));
            assertEquals(
                    ProblemCode.INVALID_POLICY,
                    assertThrows(Problem.class, store::requireSound).code());
            Files.write(file, sound);
        }
        Files.writeString(file, "?\n");
        requireRecovery("allowed");
    }

    private void requireRecovery(String reason) {
        PolicyStore store = open();
        assertTrue(store.fault().isPresent());
        assertInstanceOf(Decision.Deny.class, decider.decide(OWN));
        assertTrue(decider.decide(OWN).reasons().getFirst().startsWith("policy.missing"));
        PolicySource wanted = reason.equals("allowed") ? allowing() : denying(reason);
        long number = apply(store, wanted).number();
        assertTrue(number > 1 || number == 1 && !Files.exists(data.resolve("policies/2")));
        assertEquals(List.of(reason), decider.decide(OWN).reasons());
        store.requireSound();
        assertEquals(number, current(open()));
        assertEquals("ada", open().changes().getFirst().by());
    }

    @Test
    void aBrokenRevisionIsNotRolledBackTo() throws IOException {
        PolicyStore store = open();
        apply(store, denying("one"));
        apply(store, denying("two"));
        Files.writeString(data.resolve("policies/1/files/a.rego"), "\n", StandardOpenOption.APPEND);
        Problem problem =
                assertThrows(
                        Problem.class, () -> store.rollback(1, "ada", "", OptionalLong.empty()));
        assertEquals(ProblemCode.INVALID_POLICY, problem.code());
        assertEquals(List.of("two"), decider.decide(OWN).reasons());
        assertEquals(2, current(open()));
    }

    @Test
    void whatIsWrongFitsIntoAnAnswerHoweverMuchItIs() {
        PolicyStore store = open();
        StringBuilder tests = new StringBuilder("package t\n");
        StringBuilder wrong = new StringBuilder("package w\n");
        for (int i = 0; i < 2_000; i++) {
            tests.append("test_").append(i).append(" if {\n");
            tests.append("  some x in [1, 2, 3, 4, 5, 6, 7, 8]\n".repeat(2));
            tests.append("  x == 9 # ").append("x".repeat(500)).append("\n}\n");
            wrong.append("p").append(i).append(" if y == ").append(i).append("; ");
        }
        for (Map<String, String> files :
                List.of(
                        Map.of(
                                "a.rego",
                                "package sheaf\ndecision := {\"allow\": true}\n",
                                "t.rego",
                                tests.toString()),
                        Map.of("w.rego", "package w\n\ud83d\ude00 := 1\n"),
                        Map.of("w.rego", wrong.toString().replace("; ", "\n")),
                        Map.of("w.rego", "package w\n" + "x".repeat(2 << 20)))) {
            Problem problem = assertThrows(Problem.class, () -> apply(store, source(files)));
            assertEquals(ProblemCode.INVALID_POLICY, problem.code());
            int bytes = Wire.json().writeValueAsBytes(ProblemBody.of(problem, "r")).length;
            assertTrue(bytes < 1 << 20, bytes + " bytes");
        }
    }

    @Test
    void aFullDiskIsToldAndTheOldStaysInForce() {
        apply(open(), denying("old"));
        PolicyStore store =
                new PolicyStore(
                        data.resolve("policies"),
                        new DyingDisk(2, DyingDisk.Cut.WITHIN),
                        decider,
                        trial(),
                        CLOCK);
        Problem problem = assertThrows(Problem.class, () -> apply(store, denying("new")));
        assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
        assertTrue(problem.message().contains("revision 1"), problem.message());
        assertEquals(List.of("old"), decider.decide(OWN).reasons());
    }

    private static boolean isApplied(PolicyStore store, PolicySource source) {
        try {
            store.apply(source, "ada", "", OptionalLong.empty());
            return true;
        } catch (Problem problem) {
            assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
            return false;
        }
    }

    private PolicyStore open() {
        return new PolicyStore(data.resolve("policies"), decider, trial(), CLOCK);
    }

    private static PolicyTrial trial() {
        return new PolicyTrial(() -> 0, System::nanoTime, new Random(1));
    }

    private static PolicyStore.Revision apply(PolicyStore store, PolicySource source) {
        return store.apply(source, "ada", "because", OptionalLong.empty());
    }

    private static long current(PolicyStore store) {
        return store.current().orElseThrow().number();
    }

    private static PolicySource denying(String reason) {
        return source(
                Map.of(
                        "a.rego",
                        "package sheaf\ndecision := {\"allow\": false, \"reasons\": [\""
                                + reason
                                + "\"]}\n"));
    }

    private static PolicySource allowing() {
        return source(
                Map.of(
                        "a.rego",
                        "package sheaf\ndecision := {\"allow\": true, \"reasons\":"
                                + " [\"allowed\"]}\n"));
    }

    /// With folders and data.
    private static PolicySource folderSource() {
        return source(
                Map.of(
                        "a.rego",
                        "package sheaf\ndecision := {\"reasons\": [data.x.y.reason]}\n",
                        "x/y/data.json",
                        "{\"reason\": \"new\"}"));
    }

    private static PolicySource source(Map<String, String> files) {
        return PolicySource.of(files, RegoVersion.V1);
    }

    private Map<String, String> files() throws IOException {
        List<Path> all = new ArrayList<>();
        try (var paths = Files.walk(data)) {
            paths.filter(Files::isRegularFile).forEach(all::add);
        }
        return all.stream().collect(Collectors.toMap(Path::toString, PolicyStoreTest::text));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
