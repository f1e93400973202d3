package dev.sheaf.query;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;

import java.util.Map;
import java.util.Optional;

/// Decides what a caller sees of a product. Asked once per statement and product.
public interface TablePolicy {
    Decision decide(Caller caller, ProductName product, TableContract table);

    /// The answer. Everything that is not expressly allowed is denied.
    sealed interface Decision {
        /// The product looks to the caller as if it did not exist.
        record Deny() implements Decision {}

        /// The caller may know of the product, and is told why they may not read it.
        ///
        /// @param reason for the caller, with the way out
        record Refuse(String reason) implements Decision {}

        /// @param masks by column name: a SQL expression over the table's columns that takes the
        ///   column's place
        /// @param rowFilter a SQL condition over the table's original columns
        /// @param revision of the policies that decided, for the record; empty when there are none
        record Allow(Map<String, String> masks, Optional<String> rowFilter, String revision)
                implements Decision {
            public Allow {
                masks = Map.copyOf(masks);
            }

            /// Without policies.
            public Allow(Map<String, String> masks, Optional<String> rowFilter) {
                this(masks, rowFilter, "");
            }
        }
    }
}
