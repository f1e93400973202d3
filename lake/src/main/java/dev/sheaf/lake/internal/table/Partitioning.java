package dev.sheaf.lake.internal.table;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.UnboundTerm;
import org.apache.iceberg.types.Type;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One partition field that a contract asks for: `partitionPosition` names the column, the custom
/// property `sheaf.partition` how its values are cut (`identity`, `year`, `month`, `day`,
/// `bucket[n]`, `truncate[n]`). Without it: `day` for dates and timestamps, `identity` for the
/// rest.
///
/// @param column the source column's name
/// @param cut which transform
/// @param width the n of `bucket[n]` and `truncate[n]`, else 0
record Partitioning(String column, Cut cut, int width) {
    static final String PROPERTY = "sheaf.partition";
    static final String RESERVED = "__sheaf_";
    private static final Pattern FORM =
            Pattern.compile("(identity|year|month|day)|(bucket|truncate)\\[(\\d{1,6})]");

    private static final Set<Type.TypeID> DATED = Set.of(Type.TypeID.DATE, Type.TypeID.TIMESTAMP);
    private static final Set<Type.TypeID> IDENTIFYING =
            Set.of(
                    Type.TypeID.BOOLEAN,
                    Type.TypeID.INTEGER,
                    Type.TypeID.LONG,
                    Type.TypeID.DATE,
                    Type.TypeID.STRING,
                    Type.TypeID.DECIMAL,
                    Type.TypeID.UUID);
    private static final Set<Type.TypeID> TRUNCATED =
            Set.of(Type.TypeID.INTEGER, Type.TypeID.LONG, Type.TypeID.STRING, Type.TypeID.DECIMAL);
    private static final Set<Type.TypeID> BUCKETED =
            Set.of(
                    Type.TypeID.INTEGER,
                    Type.TypeID.LONG,
                    Type.TypeID.DATE,
                    Type.TypeID.TIMESTAMP,
                    Type.TypeID.STRING);

    /// Named as in the Iceberg specification.
    enum Cut {
        IDENTITY,
        YEAR,
        MONTH,
        DAY,
        BUCKET,
        TRUNCATE
    }

    /// What the contract asks for, in partition order.
    ///
    /// @throws Problem INVALID_CONTRACT when it asks for what the column's type cannot give
    static List<Partitioning> of(TableContract contract, Schema schema) {
        return contract.columns().stream()
                .filter(column -> column.partitionPosition().isPresent())
                .sorted(Comparator.comparingInt(column -> column.partitionPosition().getAsInt()))
                .map(column -> of(column, schema.findType(column.name())))
                .toList();
    }

    static PartitionSpec spec(List<Partitioning> fields, Schema schema) {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
        for (Partitioning field : fields) {
            String column = field.column();
            switch (field.cut()) {
                case IDENTITY -> spec.identity(column);
                case YEAR -> spec.year(column);
                case MONTH -> spec.month(column);
                case DAY -> spec.day(column);
                case BUCKET -> spec.bucket(column, field.width());
                case TRUNCATE -> spec.truncate(column, field.width());
            }
        }
        return spec.build();
    }

    /// As Iceberg writes it, for example `bucket[16]`.
    String transform() {
        String name = cut.name().toLowerCase(Locale.ROOT);
        return width == 0 ? name : name + "[" + width + "]";
    }

    UnboundTerm<?> term() {
        return switch (cut) {
            case IDENTITY -> Expressions.ref(column);
            case YEAR -> Expressions.year(column);
            case MONTH -> Expressions.month(column);
            case DAY -> Expressions.day(column);
            case BUCKET -> Expressions.bucket(column, width);
            case TRUNCATE -> Expressions.truncate(column, width);
        };
    }

    private static Partitioning of(ColumnContract column, Type type) {
        Object asked = column.customProperties().get(PROPERTY);
        boolean dated = DATED.contains(type.typeId());
        String text = asked == null ? (dated ? "day" : "identity") : asked.toString().strip();
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw invalid(
                    column, text, "write identity, year, month, day, bucket[n] or truncate[n]");
        }
        Cut cut =
                Cut.valueOf(
                        (form.group(1) == null ? form.group(2) : form.group(1))
                                .toUpperCase(Locale.ROOT));
        int width = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
        Set<Type.TypeID> allowed =
                switch (cut) {
                    case IDENTITY -> IDENTIFYING;
                    case YEAR, MONTH, DAY -> DATED;
                    case BUCKET -> BUCKETED;
                    case TRUNCATE -> TRUNCATED;
                };
        if (!allowed.contains(type.typeId())) {
            throw invalid(column, text, "the column's type " + type + " cannot be cut that way");
        }
        if (form.group(3) != null && width < 1) {
            throw invalid(column, text, "n must be at least 1");
        }
        return new Partitioning(column.name(), cut, width);
    }

    private static Problem invalid(ColumnContract column, String text, String why) {
        return new Problem(
                ProblemCode.INVALID_CONTRACT,
                "column '"
                        + column.name()
                        + "': partition by '"
                        + text
                        + "' is not possible: "
                        + why);
    }
}
