package dev.sheaf.product.apply;

import dev.sheaf.contract.DataContract;

import java.util.List;

/// Says what a new version of a contract means for those who rely on the old one, worst first.
@FunctionalInterface
public interface ContractComparison {
    List<ContractVerdict.Change> changes(DataContract before, DataContract after);
}
