package dev.sheaf.query;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

import java.util.List;
import java.util.stream.Collectors;

/// Holds what a region answers against what it was asked: it may know another version of a product
/// than this region does, or not say the truth.
final class AnswerShape {
    private AnswerShape() {}

    /// @param expected columns in order, by the names that they were asked under
    /// @throws Problem CONFLICT, with the region's name
    static void require(RegionName region, List<Column> expected, Schema answer) {
        List<String> asked = expected.stream().map(Column::name).toList();
        List<String> got = answer.getFields().stream().map(Field::getName).toList();
        if (!got.equals(asked)) {
            throw mismatch(region, "columns are " + got + " where " + asked + " were asked for");
        }
        String wrong =
                expected.stream()
                        .filter(column -> !fits(column, answer.findField(column.name())))
                        .map(column ->
                                column.name()
                                        + " is "
                                        + answer.findField(column.name()).getType()
                                        + " where "
                                        + column.type()
                                        + " was asked for")
                        .collect(Collectors.joining(", "));
        if (!wrong.isEmpty()) {
            throw mismatch(region, wrong);
        }
    }

    /// Texts are no numbers or times, nor the other way round; what is near is cast.
    private static boolean fits(Column column, Field field) {
        ArrowType type = field.getType();
        if (field.getDictionary() != null || type instanceof ArrowType.Null) {
            return true;
        }
        boolean isText = type instanceof ArrowType.Utf8 || type instanceof ArrowType.LargeUtf8;
        boolean isBytes = type instanceof ArrowType.Binary || type instanceof ArrowType.LargeBinary;
        if (column.type().equals("VARCHAR")) {
            return isText;
        }
        boolean isPlain =
                column.isFloating()
                        || column.isWhole() && !column.type().equals("HUGEINT")
                        || column.type().equals("BOOLEAN")
                        || column.type().equals("DATE")
                        || column.type().startsWith("DECIMAL")
                        || column.type().startsWith("TIME");
        return !isPlain || !isText && !isBytes;
    }

    private static Problem mismatch(RegionName region, String what) {
        return new Problem(
                ProblemCode.CONFLICT,
                "the region "
                        + region
                        + " does not answer what it was asked: "
                        + what
                        + ". Its products may have changed just now: try again; if that does not"
                        + " help, its operator has to look into it");
    }
}
