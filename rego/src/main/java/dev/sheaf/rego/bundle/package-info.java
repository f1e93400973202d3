/// OPA bundles: policies, data and a manifest in one `.tar.gz`, with or without a signature.
///
/// Works on streams and never touches a disk, a clock or the network; what an archive must not hold
/// (links, paths that lead out of it, more bytes than are allowed) is refused while it is read.
/// Deltas (`patch.json`) are refused; compiled policies (`policy.wasm`, `plan.json`) are checked
/// against the signature and otherwise left aside.
///
/// Source: OPA's documentation of bundles and of their signatures; POSIX.1-2001 for tar; RFC 7515
/// and RFC 7518 for tokens.
@NullMarked
package dev.sheaf.rego.bundle;

import org.jspecify.annotations.NullMarked;
