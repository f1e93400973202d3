/// Rego text and its syntax tree: the lexer, the parser, and the records that they make.
///
/// Names are not resolved here and nothing is checked for sense; see `dev.sheaf.rego.compile`.
/// Every part knows where it stands in its file.
///
/// Source: the grammar in OPA's policy reference; v0 and v1.
@NullMarked
package dev.sheaf.rego.syntax;

import org.jspecify.annotations.NullMarked;
