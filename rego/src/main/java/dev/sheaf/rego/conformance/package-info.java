/// Runs cases in the form in which OPA publishes its conformance suite.
///
/// Reads no files: cases come as JSON.
@NullMarked
package dev.sheaf.rego.conformance;

import org.jspecify.annotations.NullMarked;
