package dev.sheaf.query.federation;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.Caller;

/// Decides whether values of a product that a caller may see here may go on to another region, as
/// keys that a sub-query is narrowed by. Without leave a statement is answered all the same, with
/// more bytes on the way. For any thread.
@FunctionalInterface
public interface KeyRoutes {
    /// Lets nothing go.
    KeyRoutes NONE = (caller, product, home, to) -> false;

    /// @param home of the product
    /// @param to never the product's home, where its values come from
    boolean mayGo(Caller caller, ProductName product, RegionName home, RegionName to);
}
