package dev.sheaf.contract;

import dev.sheaf.contract.internal.Checks;
import dev.sheaf.contract.internal.ProductModel;

/// Reads ODPS documents. Safe for use by many threads.
public final class ProductReader {
    private ProductReader() {}

    /// Says everything there is to say about a document of any kind, and never throws.
    public static Checked check(Source source) {
        return Checks.run(source);
    }

    /// @throws dev.sheaf.kernel.Problem INVALID_CONTRACT with every error and its place, or when
    ///   the document is no ODPS product
    public static DataProduct read(Source source) {
        return model(check(source));
    }

    /// The same for a document that has been checked already.
    public static DataProduct model(Checked checked) {
        return ProductModel.product(
                checked.source(), ContractReader.mapping(checked, Standard.ODPS));
    }
}
