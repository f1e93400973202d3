package dev.sheaf.product.erase;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Removal;

/// @param id unique, time-ordered, safe in a path
/// @param by who asks, for the record
public record RemovalOrder(
        String id, ProductName product, Selection selection, Removal.Kind kind, String by) {}
