package dev.sheaf.governance.mask;

import java.math.BigDecimal;

/// A range that stands for the numbers in it; `toString` is for people.
public sealed interface Bucket {
    /// From the lower bound to before the upper.
    record Between(BigDecimal lower, BigDecimal upper) implements Bucket {
        @Override
        public String toString() {
            return "[" + lower.toPlainString() + ", " + upper.toPlainString() + ")";
        }
    }

    /// Everything below.
    record Below(BigDecimal upper) implements Bucket {
        @Override
        public String toString() {
            return "< " + upper.toPlainString();
        }
    }

    /// Everything from there on.
    record From(BigDecimal lower) implements Bucket {
        @Override
        public String toString() {
            return ">= " + lower.toPlainString();
        }
    }
}
