package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.merkle.TreeHash;

/// What the log gives for an event that is durable: its number, and its hash, with which a proof
/// can be asked for once a checkpoint covers it.
public record AuditReceipt(long sequence, TreeHash leafHash) {}
