package dev.sheaf.contract.diff;

import java.util.Optional;

/// One difference.
///
/// @param path `table`, `table.column`, `table.column.member`, list elements as `[]`, map keys and
///   values as `{key}` and `{value}`; empty for the contract itself
/// @param from the old value as text, empty when there was none
/// @param to the new value as text, empty when there is none
/// @param reason why it has this impact and what to do, for a person
public record Change(
        String path,
        Kind kind,
        Impact impact,
        Optional<String> from,
        Optional<String> to,
        String reason) {
    /// Names are stable; scripts may rely on them.
    public enum Kind {
        CONTRACT_CHANGED,
        TABLE_ADDED,
        TABLE_REMOVED,
        TABLE_RENAMED,
        COLUMN_ADDED,
        COLUMN_REMOVED,
        COLUMN_RENAMED,
        TYPE_WIDENED,
        TYPE_NARROWED,
        TYPE_CHANGED,
        REQUIRED_ADDED,
        REQUIRED_DROPPED,
        UNIQUE_ADDED,
        UNIQUE_DROPPED,
        PRIMARY_KEY_ADDED,
        PRIMARY_KEY_CHANGED,
        PRIMARY_KEY_DROPPED,
        PARTITIONING_CHANGED,
        CONSTRAINT_TIGHTENED,
        CONSTRAINT_RELAXED,
        CONSTRAINT_CHANGED,
        VALUES_ADDED,
        VALUES_REMOVED,
        QUALITY_ADDED,
        QUALITY_REMOVED,
        QUALITY_TIGHTENED,
        QUALITY_RELAXED,
        QUALITY_CHANGED,
        SLA_ADDED,
        SLA_REMOVED,
        SLA_TIGHTENED,
        SLA_RELAXED,
        SLA_CHANGED,
        PHYSICAL_NAME_CHANGED,
        CLASSIFICATION_CHANGED,
        SETTING_CHANGED,
        TEXT_CHANGED
    }
}
