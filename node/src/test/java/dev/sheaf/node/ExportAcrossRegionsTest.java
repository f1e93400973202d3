package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.PolicyApply;
import dev.sheaf.client.PolicyRollback;
import dev.sheaf.client.ProductSummary;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Two nodes with real links: owners and policies say which regions may know of a product.
final class ExportAcrossRegionsTest extends TwoRegions {
    private static final String NOBODY = "- {property: sheaf.export, value: []}";
    private static final String BOTH =
            "- {property: sheaf.export, value: [aws/us-east-1, azure/westeurope]}";

    ExportAcrossRegionsTest() {
        super("catalog.read", "mesh.apply");
    }

    @Test
    void theOwnerNamesTheRegionsThatMayKnow() throws IOException {
        start(AWS, true, false);
        start(AZURE, true, false);
        SheafClient home = operator(AZURE);
        SheafClient other = operator(AWS);
        home.apply(SharedNotes.manifests(AZURE, "1.0.0", NOBODY));
        SharedNotes.publish(home, folder, "id,text\n1,a\n");
        home.apply(SharedNotes.manifests(AZURE, "1.0.1", BOTH));
        until("it is known", () -> names(other).equals(List.of("shop.notes")));
        until(
                "with its release",
                () -> other.product(SharedNotes.NAME).currentRelease().isPresent());
        home.apply(SharedNotes.manifests(AZURE, "1.0.2", NOBODY));
        until("it is forgotten", () -> names(other).isEmpty());
        until("with its domain", () -> other.domains().isEmpty());
        assertEquals(
                ProblemCode.NOT_FOUND,
                Assertions.assertThrows(Problem.class, () -> other.releases(SharedNotes.NAME))
                        .code());
        assertEquals(List.of("shop.notes"), names(home));
    }

    @Test
    void policiesSayWhoMayKnowAndWhoMayHaveMore() throws IOException {
        start(AWS, true, false);
        start(AZURE, true, false);
        SheafClient home = operator(AZURE);
        SheafClient other = operator(AWS);
        home.apply(SharedNotes.manifests(AZURE, "1.0.0"));
        until("it is known", () -> names(other).equals(List.of("shop.notes")));
        assertTrue(other.product(SharedNotes.NAME).transform().isPresent());
        policy(home, "product.transfer");
        until("its SQL is not", () -> hasNoTransform(other));
        until("nor is its contract", () -> keepsContractAtHome(other));
        policy(home, "product.export");
        until("nor that it is there", () -> names(other).isEmpty());
        home.policies().rollback(new PolicyRollback(0, "back", OptionalLong.empty()));
        until("all of it is known again", () -> !names(other).isEmpty() && !hasNoTransform(other));
    }

    private static boolean keepsContractAtHome(SheafClient client) {
        try {
            client.contract(SharedNotes.NAME, Optional.empty());
            return false;
        } catch (Problem told) {
            return told.code() == ProblemCode.CONFLICT;
        }
    }

    private static boolean hasNoTransform(SheafClient client) {
        try {
            return client.product(SharedNotes.NAME).transform().isEmpty();
        } catch (Problem between) {
            assertEquals(ProblemCode.NOT_FOUND, between.code(), between.message());
            return false;
        }
    }

    private static void policy(SheafClient home, String action) {
        home.policies()
                .apply(
                        new PolicyApply(
                                Map.of(
                                        "more.rego",
                                        """
                                        package rules.more

                                        deny contains "more.east: nothing goes east" if {
                                        \tinput.action == "%s"
                                        \tinput.context.destination == "aws/us-east-1"
                                        }
                                        """
                                                .formatted(action)),
                                OptionalInt.empty(),
                                Optional.of(true),
                                "test",
                                OptionalLong.empty()));
    }

    private static List<String> names(SheafClient client) {
        return client.products().stream().map(ProductSummary::name).toList();
    }
}
