package dev.sheaf.client;

import java.time.LocalDate;

/// How a domain's budget of this month stands.
///
/// @param monthly as in `50 USD`
/// @param action `refuse` or `warn`
/// @param reserved held for statements that run
/// @param renews the first day of the next month, of UTC
public record BudgetInfo(
        String domain,
        String monthly,
        String action,
        String spent,
        String reserved,
        LocalDate renews) {}
