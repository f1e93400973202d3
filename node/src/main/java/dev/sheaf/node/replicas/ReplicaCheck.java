package dev.sheaf.node.replicas;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.apply.SpecCheck;

import java.util.ArrayList;
import java.util.List;

/// Whether an owner places copies where they make sense, after all other checks.
public final class ReplicaCheck implements SpecCheck {
    private final RegionName home;
    private final SpecCheck others;

    /// @param home region in which products are declared
    public ReplicaCheck(RegionName home, SpecCheck others) {
        this.home = home;
        this.others = others;
    }

    @Override
    public List<String> faults(ProductSpec product) {
        List<String> faults = new ArrayList<>(others.faults(product));
        if (ReplicaRegions.of(product.table()).contains(home)) {
            faults.add(
                    ReplicaRegions.PROPERTY
                            + " names "
                            + home
                            + ", the product's home, where it lies anyway; leave it out");
        }
        return faults;
    }
}
