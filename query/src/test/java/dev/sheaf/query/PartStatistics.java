package dev.sheaf.query;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ExpressionVisitors;
import org.apache.iceberg.expressions.UnboundPredicate;
import org.apache.iceberg.types.Types;

import java.nio.file.Path;
import java.util.function.BiPredicate;

/// The files of `web.events` hold ten ids each, in order: only comparisons of `id` prune.
record PartStatistics(Schema schema) implements BiPredicate<Path, Expression> {
    @Override
    public boolean test(Path file, Expression filter) {
        String digits = file.getFileName().toString().replaceAll("\\D", "");
        long lowest = Long.parseLong(digits) * 10;
        return ExpressionVisitors.visit(
                filter, new MayMatch(schema.asStruct(), lowest, lowest + 9));
    }

    private static final class MayMatch extends ExpressionVisitors.ExpressionVisitor<Boolean> {
        private final Types.StructType struct;
        private final long lowest;
        private final long highest;

        MayMatch(Types.StructType struct, long lowest, long highest) {
            this.struct = struct;
            this.lowest = lowest;
            this.highest = highest;
        }

        @Override
        public Boolean alwaysTrue() {
            return true;
        }

        @Override
        public Boolean alwaysFalse() {
            return false;
        }

        @Override
        public Boolean and(Boolean left, Boolean right) {
            return left && right;
        }

        @Override
        public Boolean or(Boolean left, Boolean right) {
            return left || right;
        }

        @Override
        public <T> Boolean predicate(UnboundPredicate<T> predicate) {
            predicate.bind(struct, true); // fails on values that do not convert
            if (!predicate.ref().name().equals("id")) {
                return true;
            }
            return switch (predicate.op()) {
                case EQ -> lowest <= value(predicate) && value(predicate) <= highest;
                case LT -> lowest < value(predicate);
                case LT_EQ -> lowest <= value(predicate);
                case GT -> highest > value(predicate);
                case GT_EQ -> highest >= value(predicate);
                case IN ->
                        predicate.literals().stream()
                                .mapToLong(literal -> ((Number) literal.value()).longValue())
                                .anyMatch(id -> lowest <= id && id <= highest);
                default -> true;
            };
        }

        private static long value(UnboundPredicate<?> predicate) {
            return ((Number) predicate.literal().value()).longValue();
        }
    }
}
