package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.LinkFault;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.ProposalAcceptance;
import dev.sheaf.client.ProposalInfo;
import dev.sheaf.client.ProposalRejection;
import dev.sheaf.client.ProposalRequest;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Two nodes with real links: a domain is changed at home only; others propose.
final class ProposalsAcrossRegionsTest extends TwoRegions {
    private static final ProposalAcceptance ACCEPT =
            new ProposalAcceptance(Optional.empty(), Optional.empty());

    ProposalsAcrossRegionsTest() {
        super("catalog.read", "mesh.apply", "product.publish");
    }

    @Test
    void onlyTheHomeRegionChangesADomain() throws IOException {
        start(AWS, true, false);
        start(AZURE, true, false);
        SheafClient here = operator(AWS);
        Manifests manifests = SharedNotes.manifests(AZURE, "1.0.0");
        Problem refused = assertThrows(Problem.class, () -> here.apply(manifests));
        assertEquals(ProblemCode.CONFLICT, refused.code());
        assertTrue(
                refused.message().contains("the domain shop is at home in " + AZURE)
                        && refused.message().contains("--propose"),
                refused.message());
        operator(AZURE).apply(manifests);
        until("it is known", () -> here.products().size() == 1);
        List<Executable> changes =
                List.of(
                        () -> here.deleteProduct(SharedNotes.NAME),
                        () -> SharedNotes.publish(here, folder, "id,text\n1,a\n"),
                        () -> here.rollback(SharedNotes.NAME, 1));
        for (Executable change : changes) {
            Problem elsewhere = assertThrows(Problem.class, change);
            assertEquals(ProblemCode.CONFLICT, elsewhere.code(), elsewhere.message());
            assertTrue(elsewhere.message().contains(AZURE), elsewhere.message());
        }
        // Who claims a domain that another region has hears that it is taken.
        Problem taken =
                assertThrows(Problem.class, () -> here.apply(SharedNotes.manifests(AWS, "1.0.0")));
        assertTrue(taken.message().contains(AZURE), taken.message());
    }

    @Test
    void aDomainOfARegionOutsideTheMeshIsTakenInWithAWarning() throws IOException {
        start(AWS, false, false);
        Manifests manifests = SharedNotes.manifests(AZURE, "1.0.0");
        assertTrue(
                operator(AWS).plan(manifests).problems().stream()
                        .anyMatch(problem -> problem.message().contains("not in the mesh")));
        operator(AWS).apply(manifests);
        assertEquals(1, operator(AWS).products().size());
    }

    @Test
    void proposalsCrossACutAndTheirOutcomeComesBack() throws IOException {
        start(AWS, true, false);
        start(AZURE, true, false);
        operator(AZURE).apply(SharedNotes.manifests(AZURE, "1.0.0"));
        SheafClient pia = as(AWS, "pia", "sales");
        SheafClient olga = as(AZURE, "olga", "shop");
        SheafClient other = as(AZURE, "otto", "sales");
        until("it is known", () -> !operator(AWS).products().isEmpty());
        operator(AWS).contexts().injectFault(AZURE, LinkFault.cut("both"));
        String wanted = propose(pia, "1.1.0");
        String unwanted = propose(pia, "2.0.0");
        assertEquals("open", pia.registry().proposal(wanted).state());
        assertTrue(olga.registry().proposals(Optional.empty()).proposals().isEmpty());
        operator(AWS).contexts().injectFault(AZURE, LinkFault.heal());
        until(
                "they arrive",
                () -> olga.registry().proposals(Optional.of("open")).proposals().size() == 2);

        ProposalInfo shown = olga.registry().proposal(wanted);
        assertEquals("pia", shown.by());
        assertEquals(List.of("shop"), shown.domains());
        assertTrue(shown.plan().orElseThrow().applicable());
        assertEquals(ProblemCode.NOT_FOUND, code(() -> other.registry().accept(wanted, ACCEPT)));
        assertEquals(
                ProblemCode.CONFLICT,
                code(() -> operator(AWS).registry().accept(wanted, ACCEPT)),
                "only its home decides");
        assertEquals(
                ProblemCode.CONFLICT,
                code(() ->
                        olga.registry()
                                .accept(
                                        wanted,
                                        new ProposalAcceptance(
                                                Optional.of("another"), Optional.empty()))));
        assertEquals("accepted", olga.registry().accept(wanted, ACCEPT).state());
        assertEquals("1.1.0", operator(AZURE).product(SharedNotes.NAME).contract().version());
        assertEquals(ProblemCode.CONFLICT, code(() -> olga.registry().accept(wanted, ACCEPT)));
        assertEquals(
                ProblemCode.BAD_REQUEST,
                code(() -> olga.registry().reject(unwanted, new ProposalRejection(" "))));
        olga.registry().reject(unwanted, new ProposalRejection("too early"));

        until(
                "the proposer hears of both",
                () -> pia.registry().proposals(Optional.of("open")).proposals().isEmpty());
        assertEquals("accepted", pia.registry().proposal(wanted).state());
        assertEquals("too early", pia.registry().proposal(unwanted).decidedWhy().orElseThrow());
        assertEquals("olga", pia.registry().proposal(unwanted).decidedBy().orElseThrow());
        until(
                "what was accepted is known",
                () -> operator(AWS).product(SharedNotes.NAME).contract().version().equals("1.1.0"));
    }

    private static String propose(SheafClient client, String version) {
        return client.registry()
                .propose(
                        new ProposalRequest(
                                SharedNotes.manifests(AZURE, version).files(),
                                Optional.of("we need " + version)))
                .id();
    }

    private static ProblemCode code(Executable call) {
        return assertThrows(Problem.class, call).code();
    }
}
