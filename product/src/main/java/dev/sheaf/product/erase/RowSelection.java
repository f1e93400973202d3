package dev.sheaf.product.erase;

import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.product.ingest.SqlText;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/// Which rows go, by the value of one column. Rows without a value there stay.
public sealed interface RowSelection extends Selection {
    String column();

    /// Rows whose column holds exactly that text, or the number or UUID that is written so.
    record OfSubject(String column, String value) implements RowSelection {
        @Override
        public String toString() {
            return "OfSubject[column=" + column + "]";
        }
    }

    /// Rows whose date or time is before that instant; dates and local times count as UTC.
    record Before(String column, Instant cutoff) implements RowSelection {}

    /// The column in a release's schema: by its field id, or by its name where the release was
    /// written with other columns.
    ///
    /// @param now the schema of the table as it is
    default Optional<NestedField> field(Schema now, Schema then) {
        NestedField wanted = now.findField(column());
        NestedField byId = wanted == null ? null : then.findField(wanted.fieldId());
        return Optional.ofNullable(byId == null ? then.findField(column()) : byId)
                .filter(field -> fits(field.type()));
    }

    private boolean fits(Type type) {
        return switch (this) {
            case OfSubject _ ->
                    switch (type.typeId()) {
                        case STRING, INTEGER, LONG, UUID -> true;
                        default -> false;
                    };
            case Before _ ->
                    switch (type.typeId()) {
                        case DATE, TIMESTAMP -> true;
                        default -> false;
                    };
        };
    }

    /// Whether a release without the column goes as well: whose data its rows are cannot be told,
    /// their age is that of the release.
    default boolean takes(SnapshotInfo withoutColumn) {
        return switch (this) {
            case OfSubject _ -> true;
            case Before before -> withoutColumn.committedAt().isBefore(before.cutoff());
        };
    }

    /// What a row meets, in the engine's SQL; empty when no value of that type can be meant.
    default Optional<String> sql(NestedField field) {
        String name = SqlText.name(field.name());
        return switch (this) {
            case OfSubject subject ->
                    literal(field.type(), subject.value()).map(value -> name + " = " + value);
            case Before before ->
                    Optional.of(name + " < " + instant(field.type(), before.cutoff()));
        };
    }

    /// What leaves out files by their statistics.
    default Expression filter(NestedField field) {
        return switch (this) {
            case OfSubject subject -> equal(field, subject.value());
            case Before before ->
                    Expressions.lessThan(field.name(), iceberg(field.type(), before.cutoff()));
        };
    }

    private static Expression equal(NestedField field, String value) {
        return switch (field.type().typeId()) {
            case INTEGER, LONG -> Expressions.equal(field.name(), Long.parseLong(value));
            case UUID -> Expressions.equal(field.name(), UUID.fromString(value));
            default -> Expressions.equal(field.name(), value);
        };
    }

    private static Optional<String> literal(Type type, String value) {
        return switch (type.typeId()) {
            case STRING ->
                    value.indexOf('\0') < 0 ? Optional.of(SqlText.text(value)) : Optional.empty();
            case INTEGER, LONG -> number(value);
            case UUID -> uuid(value).map(uuid -> SqlText.text(uuid) + "::UUID");
            default -> throw misfit(type);
        };
    }

    private static Optional<String> number(String value) {
        try {
            String written = Long.toString(Long.parseLong(value));
            return written.equals(value) ? Optional.of(written) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> uuid(String value) {
        try {
            String written = UUID.fromString(value).toString();
            return written.equalsIgnoreCase(value) ? Optional.of(written) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String instant(Type type, Instant cutoff) {
        String sqlType =
                switch (type.typeId()) {
                    case DATE -> "DATE";
                    case TIMESTAMP -> "TIMESTAMP";
                    default -> throw misfit(type);
                };
        boolean zoned = iceberg(type, cutoff).endsWith("+00:00");
        return SqlText.text(iceberg(type, cutoff))
                + "::"
                + (zoned ? sqlType + " WITH TIME ZONE" : sqlType);
    }

    private static String iceberg(Type type, Instant cutoff) {
        return switch (type.typeId()) {
            case DATE -> LocalDate.ofInstant(cutoff, ZoneOffset.UTC).toString();
            case TIMESTAMP -> {
                LocalDateTime local =
                        LocalDateTime.ofInstant(
                                Instant.ofEpochSecond(cutoff.getEpochSecond()), ZoneOffset.UTC);
                String text = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local);
                yield ((Types.TimestampType) type).shouldAdjustToUTC() ? text + "+00:00" : text;
            }
            default -> throw misfit(type);
        };
    }

    private static IllegalArgumentException misfit(Type type) {
        return new IllegalArgumentException("rows are not selected by values of " + type);
    }
}
