/// Rego text in its usual form: indented by tabs, one expression a line, imports in order.
///
/// A module is walked together with the pieces of its text, so that each piece is written as its
/// author wrote it and no comment is passed over. What a module means is left alone, except that v0
/// is rewritten as v1 when that is asked for. Nothing is evaluated or checked for sense.
///
/// Source: the style of OPA's formatter.
@NullMarked
package dev.sheaf.rego.format;

import org.jspecify.annotations.NullMarked;
