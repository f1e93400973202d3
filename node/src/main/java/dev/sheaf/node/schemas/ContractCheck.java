package dev.sheaf.node.schemas;

import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.apply.SpecCheck;

import java.util.ArrayList;
import java.util.List;

/// Whether the schema of a contract that is planned can follow those before it, after all other
/// checks. For any thread.
public final class ContractCheck implements SpecCheck {
    private final SpecCheck others;
    private volatile SpecCheck schemas = _ -> List.of();

    public ContractCheck(SpecCheck others) {
        this.others = others;
    }

    /// What is asked about schemas, from now on.
    void asks(SpecCheck check) {
        schemas = check;
    }

    @Override
    public List<String> faults(ProductSpec product) {
        List<String> faults = new ArrayList<>(others.faults(product));
        faults.addAll(schemas.faults(product));
        return faults;
    }
}
