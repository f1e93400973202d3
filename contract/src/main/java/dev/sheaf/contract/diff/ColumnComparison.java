package dev.sheaf.contract.diff;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.diff.Change.Kind;

import java.util.Optional;

/// Compares one column.
final class ColumnComparison {
    private final Changes changes;
    private final String path;

    ColumnComparison(Changes changes, String path) {
        this.changes = changes;
        this.path = path;
    }

    void run(ColumnContract from, ColumnContract to) {
        new TypeComparison(changes).run(path, from.type(), to.type());
        required(from.required(), to.required());
        unique(from.unique(), to.unique());
        new ConstraintComparison(changes, path, to.type())
                .run(from.constraints(), to.constraints());
        changes.text(
                path,
                Kind.CLASSIFICATION_CHANGED,
                Impact.BACKWARD,
                from.classification(),
                to.classification(),
                "policies that go by classification may decide otherwise; check who may read it");
        changes.text(
                path,
                Kind.PHYSICAL_NAME_CHANGED,
                Impact.FORWARD,
                from.physicalName(),
                to.physicalName(),
                "producers must deliver it under the new name; consumers use the logical one");
        words(from, to);
    }

    private void required(boolean old, boolean now) {
        if (old && !now) {
            changes.add(
                    path,
                    Kind.REQUIRED_DROPPED,
                    Impact.BREAKING,
                    Optional.of("required"),
                    Optional.of("optional"),
                    "consumers meet nulls where none were: comparisons drop rows, code fails");
        } else if (now && !old) {
            changes.add(
                    path,
                    Kind.REQUIRED_ADDED,
                    Impact.FORWARD,
                    Optional.of("optional"),
                    Optional.of("required"),
                    "producers must deliver a value in every row; rows without one go to"
                            + " quarantine");
        }
    }

    private void unique(boolean old, boolean now) {
        if (old && !now) {
            changes.add(
                    path,
                    Kind.UNIQUE_DROPPED,
                    Impact.BREAKING,
                    Optional.of("unique"),
                    Optional.of("not unique"),
                    "joins on it can multiply rows");
        } else if (now && !old) {
            changes.add(
                    path,
                    Kind.UNIQUE_ADDED,
                    Impact.FORWARD,
                    Optional.of("not unique"),
                    Optional.of("unique"),
                    "producers must deliver each value once; repeated ones go to quarantine");
        }
    }

    private void words(ColumnContract from, ColumnContract to) {
        text(from.description(), to.description(), "the description changed");
        text(from.businessName(), to.businessName(), "the business name changed");
        text(
                Optional.of(String.join(", ", from.tags())),
                Optional.of(String.join(", ", to.tags())),
                "the tags changed");
        text(
                Optional.of(Boolean.toString(from.criticalDataElement())),
                Optional.of(Boolean.toString(to.criticalDataElement())),
                "whether it is a critical data element changed");
    }

    private void text(Optional<String> old, Optional<String> now, String reason) {
        changes.text(path, Kind.TEXT_CHANGED, Impact.COSMETIC, old, now, reason);
    }
}
