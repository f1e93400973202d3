/// JSON Schema 2020-12 compiled to checks: of whole documents, and of a value written at one place.
///
/// Supported is what `docs/context-types.md` lists; a schema that uses anything else is refused, so
/// that no keyword is ignored in silence. It reads nothing from elsewhere: references lead to
/// places in the schema itself. Work is bounded by counting, never by time, so that all replicas
/// agree.
@NullMarked
package dev.sheaf.context.schema;

import org.jspecify.annotations.NullMarked;
