/// What a contract demands: of each row (constraints, broken by rows that go to quarantine) and of
/// the whole release (quality rules, measured in as few scans as possible, weighed into a score).
///
/// It writes SQL and judges numbers; reading files and writing tables is done elsewhere.
@NullMarked
package dev.sheaf.product.quality;

import org.jspecify.annotations.NullMarked;
