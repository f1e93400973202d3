package dev.sheaf.product;

import dev.sheaf.contract.Source;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.RegionName;

import java.util.Optional;

/// An owner of data products, with the region in which its data lives.
public record Domain(
        DomainName name,
        RegionName homeRegion,
        String owner,
        Optional<String> description,
        Source source) {}
