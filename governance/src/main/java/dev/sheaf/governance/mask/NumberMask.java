package dev.sheaf.governance.mask;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// Makes numbers coarser: each becomes a bucket, with its lower bound and without its upper one.
public sealed interface NumberMask {
    /// Buckets of the same width, without end in both directions.
    ///
    /// @param width above zero
    /// @param start where some bucket begins
    record Width(BigDecimal width, BigDecimal start) implements NumberMask {
        public Width {
            if (width.signum() <= 0) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "buckets of the width " + width + ": it has to be above zero");
            }
        }

        @Override
        public Bucket mask(BigDecimal number) {
            BigInteger steps =
                    number.subtract(start).divide(width, 0, RoundingMode.FLOOR).toBigInteger();
            BigDecimal lower = start.add(width.multiply(new BigDecimal(steps)));
            return new Bucket.Between(lower, lower.add(width));
        }
    }

    /// Buckets between given bounds; what is below the first or not below the last has a bucket
    /// without end.
    ///
    /// @param bounds ascending, at least one
    record Bounds(List<BigDecimal> bounds) implements NumberMask {
        public Bounds {
            bounds = List.copyOf(bounds);
            if (bounds.isEmpty()) {
                throw new Problem(ProblemCode.INVALID_VALUE, "buckets need at least one bound");
            }
            for (int i = 1; i < bounds.size(); i++) {
                if (bounds.get(i).compareTo(bounds.get(i - 1)) <= 0) {
                    throw new Problem(
                            ProblemCode.INVALID_VALUE,
                            "the bound "
                                    + bounds.get(i)
                                    + " comes after "
                                    + bounds.get(i - 1)
                                    + ": bounds have to ascend");
                }
            }
        }

        @Override
        public Bucket mask(BigDecimal number) {
            int above = 0;
            while (above < bounds.size() && bounds.get(above).compareTo(number) <= 0) {
                above++;
            }
            if (above == 0) {
                return new Bucket.Below(bounds.getFirst());
            }
            return above == bounds.size()
                    ? new Bucket.From(bounds.getLast())
                    : new Bucket.Between(bounds.get(above - 1), bounds.get(above));
        }
    }

    /// The bucket that a number falls into.
    Bucket mask(BigDecimal number);
}
