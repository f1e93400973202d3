/// The Merkle tree of RFC 6962: hashes of entries and subtrees, roots, and proofs that an entry is
/// in a tree or that one tree continues another.
///
/// Pure. Where hashes are kept is not its business: it reads them through
/// [dev.sheaf.governance.audit.merkle.HashReader].
///
/// Source: RFC 6962, section 2.1; RFC 9162, section 2.1 for how proofs are verified.
@NullMarked
package dev.sheaf.governance.audit.merkle;

import org.jspecify.annotations.NullMarked;
