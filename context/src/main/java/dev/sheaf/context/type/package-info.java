/// Context types as a domain declares them, in YAML, and what follows from them: field rules,
/// validators, translations between versions, and which region may see what. How to write one is in
/// `docs/context-types.md`, its form in `spec/context-type.schema.json`.
///
/// It does not know where declarations are stored, nor which regions a mesh has.
@NullMarked
package dev.sheaf.context.type;

import org.jspecify.annotations.NullMarked;
