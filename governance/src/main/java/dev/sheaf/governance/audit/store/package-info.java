/// The audit log in files of a folder: appended durably in groups, signed, searched, exported and
/// verified.
///
/// It starts one thread and reads no wall clock. It decides nothing about what is to be audited,
/// fetches no witnesses' cosignatures, and deletes nothing. The files are specified in
/// `spec/audit.md`.
@NullMarked
package dev.sheaf.governance.audit.store;

import org.jspecify.annotations.NullMarked;
