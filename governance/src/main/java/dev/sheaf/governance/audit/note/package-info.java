/// Notes that keys have signed, the checkpoints of logs, witnesses' cosignatures on them, and
/// proofs in text that a stranger can check with a public key alone.
///
/// Pure: keys and times are handed in; nothing is fetched or kept.
///
/// Source: C2SP signed-note, tlog-checkpoint, tlog-cosignature and tlog-proof; RFC 8032 for
/// Ed25519.
@NullMarked
package dev.sheaf.governance.audit.note;

import org.jspecify.annotations.NullMarked;
