package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.BudgetInfo;
import dev.sheaf.client.CostQuery;
import dev.sheaf.client.CostReport;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.Plan;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Costs and budgets over HTTP.
final class CostsEndToEndTest extends TwoRegions {
    CostsEndToEndTest() {
        super("catalog.read");
    }

    private static CostQuery by(String what) {
        return new CostQuery(what, Optional.empty(), Optional.empty());
    }

    @Test
    void whatLinksSendIsMeteredForTokensOfAllDomains() throws IOException {
        start(AWS, true, false);
        start(AZURE, true, false);
        SheafClient all = operator(AWS);
        until(
                "link bytes are metered",
                () -> !all.costs().report(by("destination")).rows().isEmpty());
        CostReport report = all.costs().report(by("destination"));
        assertEquals(AZURE, report.rows().getFirst().key());
        assertTrue(report.rows().getFirst().bytes() > 0);
        assertTrue(report.totals().getFirst().endsWith(" USD"));
        assertEquals(List.of(), as(AWS, "sam", "sales").costs().report(by("destination")).rows());

        String focus = new String(all.costs().focus(by("day")), StandardCharsets.UTF_8);
        assertTrue(focus.startsWith("BilledCost,BillingAccountId,"), focus);
        assertTrue(focus.contains(",Networking,"), focus);

        Objects.requireNonNull(nodes.remove(AWS)).close();
        start(AWS, true, false);
        assertTrue(
                operator(AWS).costs().report(by("kind")).rows().getFirst().bytes()
                        >= report.rows().getFirst().bytes());
    }

    @Test
    void aBudgetIsDeclaredShownAndChangedWithItsDomain() throws IOException {
        start(AWS, false, false);
        SheafClient operator = operator(AWS);
        operator.apply(domain("{monthly: \"50 USD\", action: warn}"));
        BudgetInfo budget = operator.costs().report(by("domain")).budgets().getFirst();
        assertEquals(
                new BudgetInfo("sales", "50 USD", "warn", "0 USD", "0 USD", budget.renews()),
                budget);
        assertEquals(1, budget.renews().getDayOfMonth());
        assertEquals(List.of(), as(AWS, "sam", "else").costs().report(by("domain")).budgets());
        Plan plan = operator.plan(domain("{monthly: \"60 USD\", action: warn}"));
        assertTrue(plan.toString().contains("60 USD"), plan::toString);
    }

    @Test
    void aBrokenBudgetIsRefusedWithItsPlace() throws IOException {
        start(AWS, false, false);
        for (String budget :
                List.of(
                        "50",
                        "[]",
                        "{}",
                        "{monthly: \"0 USD\"}",
                        "{monthly: \"-1 USD\"}",
                        "{monthly: \"1e999999999 USD\"}",
                        "{monthly: \"1e-999999 USD\"}",
                        "{monthly: \"fifty\"}",
                        "{monthly: 50}",
                        "{monthly: \"50 USD\", action: explode}",
                        "{monthly: \"50 USD\", weekly: \"1 USD\"}")) {
            Problem told =
                    assertThrows(Problem.class, () -> operator(AWS).plan(domain(budget)), budget);
            assertEquals(ProblemCode.INVALID_CONTRACT, told.code(), budget);
            assertTrue(told.message().contains("domain.yaml"), told.message());
        }
    }

    @Test
    void aWrongQuestionIsRefusedWithWhatIsAllowed() throws IOException {
        start(AWS, false, false);
        SheafClient operator = operator(AWS);
        Problem by = assertThrows(Problem.class, () -> operator.costs().report(by("person")));
        assertTrue(by.message().contains("destination"), by.message());
        LocalDate day = LocalDate.parse("2026-01-02");
        assertThrows(
                Problem.class,
                () ->
                        operator.costs()
                                .report(
                                        new CostQuery(
                                                "day",
                                                Optional.of(day),
                                                Optional.of(day.minusDays(1)))));
    }

    private static Manifests domain(String budget) {
        return new Manifests(
                List.of(
                        new ManifestFile(
                                "domain.yaml",
                                """
                                apiVersion: sheaf.dev/v1
                                kind: Domain
                                name: sales
                                homeRegion: aws/us-east-1
                                owner: sales@example.com
                                budget: %s
                                """
                                        .formatted(budget)
                                        .getBytes(StandardCharsets.UTF_8))),
                Optional.empty());
    }
}
