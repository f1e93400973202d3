package dev.sheaf.client;

import java.time.LocalDate;
import java.util.List;

/// What has left a region and what it cost, of the domains that the caller's token covers.
///
/// @param region that it left
/// @param rows the dearest first; days in their order
/// @param totals one for each currency
/// @param budgets in name order
/// @param pricesChecked when the price book was last compared with what is published
public record CostReport(
        String region,
        String by,
        LocalDate from,
        LocalDate until,
        List<CostRow> rows,
        List<String> totals,
        List<BudgetInfo> budgets,
        LocalDate pricesChecked) {
    public CostReport {
        rows = List.copyOf(rows);
        totals = List.copyOf(totals);
        budgets = List.copyOf(budgets);
    }
}
