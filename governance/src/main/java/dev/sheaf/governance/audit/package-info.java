/// What an audit log says: events, their canonical text with a number, pseudonyms of the persons
/// concerned, and questions about them.
///
/// Pure. It reads no clock (times come with the events) and no files (that is
/// [dev.sheaf.governance.audit.store]'s). The format is specified in `spec/audit.md`.
@NullMarked
package dev.sheaf.governance.audit;

import org.jspecify.annotations.NullMarked;
