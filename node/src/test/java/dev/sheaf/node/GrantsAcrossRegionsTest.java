package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/// Two nodes with real links: grants are the same in both, also when both decide at once.
final class GrantsAcrossRegionsTest extends TwoRegions {
    private static final Path EXAMPLES = Path.of(System.getProperty("sheaf.repo"), "examples");

    GrantsAcrossRegionsTest() {
        super("catalog.read", "access.request", "access.decide");
    }

    @Test
    void ownersWhoAreCutOffFromEachOtherDecideAndAgreeAfterwards() throws IOException {
        start(AWS, true, false);
        start(AZURE, true, false);
        apply(AWS);
        SheafClient olga = as(AWS, "olga", "customer");
        SheafClient otto = as(AZURE, "otto", "customer");
        Instant month = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.MILLIS);
        Instant week = Instant.now().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.MILLIS);
        SheafClient asker = as(AWS, "ada", "customer");
        String both = asker.access().request(request("both approve", month)).id();
        String one = asker.access().request(request("one refuses", month)).id();
        String revoked = asker.access().request(request("one revokes", month)).id();
        until("all have arrived", () -> state(otto, revoked).equals("requested"));
        until("all have arrived", () -> state(otto, both).equals("requested"));
        until("all have arrived", () -> state(otto, one).equals("requested"));

        operator(AWS).contexts().injectFault(AZURE, LinkFault.cut("both"));
        olga.access().approve(both, approval(Optional.empty()));
        otto.access().approve(both, approval(Optional.of(week)));
        olga.access().deny(one, new GrantReason("no"));
        otto.access().approve(one, approval(Optional.empty()));
        olga.access().approve(revoked, approval(Optional.empty()));
        olga.access().revoke(revoked, new GrantReason("a mistake"));
        otto.access().approve(revoked, approval(Optional.empty()));
        assertEquals("approved", state(otto, one), "nobody there has heard of the refusal yet");

        operator(AWS).contexts().injectFault(AZURE, LinkFault.heal());
        until("both know the denial", () -> state(otto, one).equals("denied"));
        until("both know the revocation", () -> state(otto, revoked).equals("revoked"));
        until("both know the approvals", () -> decisions(otto, both) == 2);
        for (String id : List.of(both, one, revoked)) {
            until(
                    "the same everywhere",
                    () -> olga.access().grant(id).equals(otto.access().grant(id)));
        }
        GrantTermsInfo granted = olga.access().grant(both).granted().orElseThrow();
        assertEquals(week, granted.until(), "what both allow");
        assertEquals("approved", state(olga, both));
        assertEquals("denied", state(olga, one));
        assertEquals("revoked", state(olga, revoked));
        assertEquals(3, decisions(olga, revoked));
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
        start(AWS, false, false);
        apply(AWS);
        Instant month = Instant.now().plus(Duration.ofDays(30));
        String early = as(AWS, "ada", "customer").access().request(request("early", month)).id();
        clients.forEach(SheafClient::close);
        clients.clear();
        Objects.requireNonNull(nodes.remove(AWS)).close();
        start(AWS, true, false);
        start(AZURE, true, true);
        SheafClient otto = as(AZURE, "otto", "customer");
        until("what was there comes over", () -> state(otto, early).equals("requested"));
        otto.access().approve(early, approval(Optional.empty()));
        SheafClient olga = as(AWS, "olga", "customer");
        until("and decisions come back", () -> state(olga, early).equals("approved"));
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
