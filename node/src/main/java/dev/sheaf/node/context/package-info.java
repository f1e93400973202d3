/// The API of the context engine: types, documents, events, streams of changes and conflicts,
/// links. Specified in `spec/openapi.yaml`.
///
/// Everything is asked of [dev.sheaf.context.runtime.ContextService]; here are only the forms in
/// which it is asked and answered, and who may.
@NullMarked
package dev.sheaf.node.context;

import org.jspecify.annotations.NullMarked;
