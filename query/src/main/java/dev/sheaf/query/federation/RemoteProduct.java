package dev.sheaf.query.federation;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;

import java.time.Duration;
import java.util.OptionalLong;

/// A release of a product of another region, as far as it is known here.
///
/// @param home the region that serves it and decides who sees what
/// @param contract the table as the release's contract describes it
/// @param release its number
/// @param rows of the whole release, empty when its home did not say
/// @param bytes of its files, empty when its home did not say
/// @param policyRevision of the policies in force at its home, empty when it is not known
/// @param age how old this knowledge can be at most
public record RemoteProduct(
        ProductName product,
        RegionName home,
        TableContract contract,
        long release,
        OptionalLong rows,
        OptionalLong bytes,
        String policyRevision,
        Duration age) {}
