package dev.sheaf.cost;

import java.time.LocalDate;

/// What is counted together: a day's bytes of one product on one way for one kind of caller.
///
/// @param day in UTC
/// @param product empty for what is no product's
/// @param unit of the price, as in `GiB`
/// @param unitPrice of one unit, as a number
/// @param isAssumed whether the price book did not know the way
public record UseKey(
        LocalDate day,
        TransferUse.Kind kind,
        String from,
        String to,
        String product,
        String callerDomains,
        String callerClass,
        String currency,
        String unitPrice,
        String unit,
        boolean isAssumed) {
    /// Empty for what is no product's.
    public String domain() {
        int dot = product.indexOf('.');
        return dot < 0 ? "" : product.substring(0, dot);
    }
}
