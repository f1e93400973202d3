/// Tests of the functions from the web, against OPA's conformance cases and against the RFCs.
///
/// The cases are read by a small reader of their own, which knows calls, literals and references
/// but is no evaluator; what it cannot read, it says.
@NullMarked
package dev.sheaf.rego.builtin.web;

import org.jspecify.annotations.NullMarked;
