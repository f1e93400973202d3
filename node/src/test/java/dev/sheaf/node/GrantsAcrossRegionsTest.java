package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.GrantApproval;
import dev.sheaf.client.GrantInfo;
import dev.sheaf.client.GrantReason;
import dev.sheaf.client.GrantRequest;
import dev.sheaf.client.GrantTermsInfo;
import dev.sheaf.client.LinkFault;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Two nodes with real links: grants are asked for in both, and decided on in one.
final class GrantsAcrossRegionsTest extends TwoRegions {
    private static final Path EXAMPLES = Path.of(System.getProperty("sheaf.repo"), "examples");

    GrantsAcrossRegionsTest() {
        super("catalog.read", "access.request", "access.decide");
    }

    @Test
    void everybodyAsksAnywhereAndTheHomeDecidesAndItCountsEverywhere() throws IOException {
        start(AWS, true, false);
        start(AZURE, true, false);
        apply(AZURE);
        SheafClient olga = as(AWS, "olga", "customer");
        SheafClient otto = as(AZURE, "otto", "customer");
        until("the product is known", () -> !operator(AWS).products().isEmpty());
        Instant month = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.MILLIS);
        Instant week = Instant.now().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.MILLIS);
        SheafClient asker = as(AWS, "ada", "customer");
        String approved = asker.access().request(request("approved", month)).id();
        String denied = asker.access().request(request("denied", month)).id();
        until("both have arrived", () -> state(otto, approved).equals("requested"));
        until("both have arrived", () -> state(otto, denied).equals("requested"));
        Problem elsewhere =
                assertThrows(
                        Problem.class,
                        () -> olga.access().approve(approved, approval(Optional.empty())));
        assertEquals(ProblemCode.CONFLICT, elsewhere.code());
        assertTrue(elsewhere.message().contains(AZURE), elsewhere.message());
        assertEquals(
                ProblemCode.CONFLICT,
                assertThrows(Problem.class, () -> olga.access().deny(denied, new GrantReason("no")))
                        .code());

        operator(AWS).contexts().injectFault(AZURE, LinkFault.cut("both"));
        otto.access().approve(approved, approval(Optional.of(week)));
        otto.access().deny(denied, new GrantReason("no"));
        assertEquals("requested", state(olga, approved), "nobody there has heard of it yet");
        operator(AWS).contexts().injectFault(AZURE, LinkFault.heal());
        until("both know the approval", () -> state(olga, approved).equals("approved"));
        until("both know the denial", () -> state(olga, denied).equals("denied"));
        GrantTermsInfo granted = olga.access().grant(approved).granted().orElseThrow();
        assertEquals(week, granted.until());
        otto.access().revoke(approved, new GrantReason("a mistake"));
        until("both know the revocation", () -> state(olga, approved).equals("revoked"));
        assertEquals(2, decisions(olga, approved));
        assertEquals(
                List.of(),
                operator(AWS)
                        .contexts()
                        .conflicts(
                                new dev.sheaf.client.ContextConflictQuery(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        10))
                        .conflicts(),
                "decisions never conflict");
    }

    @Test
    void aNodeThatWasAloneSharesItsGrantsOnceItHasAPeer() throws IOException {
        start(AZURE, false, false);
        apply(AZURE);
        Instant month = Instant.now().plus(Duration.ofDays(30));
        String early = as(AZURE, "ada", "customer").access().request(request("early", month)).id();
        clients.forEach(SheafClient::close);
        clients.clear();
        Objects.requireNonNull(nodes.remove(AZURE)).close();
        start(AZURE, true, false);
        start(AWS, true, true);
        SheafClient olga = as(AWS, "olga", "customer");
        until("what was there comes over", () -> state(olga, early).equals("requested"));
        SheafClient otto = as(AZURE, "otto", "customer");
        otto.access().approve(early, approval(Optional.empty()));
        until("and decisions follow", () -> state(olga, early).equals("approved"));
        assertTrue(
                operator(AWS).contexts().links().stream()
                        .allMatch(link -> link.state().equals("up")));
    }

    private void apply(String region) throws IOException {
        List<ManifestFile> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(EXAMPLES.resolve("mesh/customer"))) {
            for (Path file : all.sorted().toList()) {
                files.add(
                        new ManifestFile(file.getFileName().toString(), Files.readAllBytes(file)));
            }
        }
        operator(region).apply(new Manifests(files, Optional.empty()));
    }

    private static GrantRequest request(String purpose, Instant until) {
        return new GrantRequest(
                "customer.customers",
                purpose,
                Optional.of(until),
                Optional.empty(),
                Optional.of("ana"),
                Optional.of(true),
                Optional.empty());
    }

    private static GrantApproval approval(Optional<Instant> until) {
        return new GrantApproval(until, Optional.empty(), Optional.empty());
    }

    private static String state(SheafClient client, String id) {
        return find(client, id).map(GrantInfo::state).orElse("not there");
    }

    private static int decisions(SheafClient client, String id) {
        return find(client, id).map(grant -> grant.decisions().size()).orElse(0);
    }

    private static Optional<GrantInfo> find(SheafClient client, String id) {
        try {
            return Optional.of(client.access().grant(id));
        } catch (Problem notYet) {
            return Optional.empty();
        }
    }
}
