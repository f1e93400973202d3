/// What clients write, resolved once at its origin: JSON Patch (RFC 6902) with `increment` and
/// `append`, and whole documents, become operations that name places by keys and element dots.
/// Specified in `spec/context.md`, section 2.
///
/// It changes no document and assigns no sequence numbers of its own; that is for the caller.
@NullMarked
package dev.sheaf.context.patch;

import org.jspecify.annotations.NullMarked;
