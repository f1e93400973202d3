package dev.sheaf.context.trace;

import java.util.Optional;

/// What became of a trace.
///
/// @param concurrent whether it had concurrent transactions, merged by several replicas
/// @param eventBytes the size of all changes, encoded
/// @param sequenceBytes the size of the final sequence, dead positions included, encoded
/// @param length of the final text in code points
/// @param difference from the text that the trace expects, empty when they are equal
public record TraceResult(
        boolean concurrent,
        int transactionCount,
        int patchCount,
        long eventBytes,
        long sequenceBytes,
        int length,
        Optional<Difference> difference) {

    public boolean matches() {
        return difference.isEmpty();
    }

    /// The first place where two texts differ.
    ///
    /// @param index in code points
    /// @param expected some of the expected text from there on, empty at its end
    /// @param actual some of the actual text from there on
    public record Difference(int index, String expected, String actual) {
        private static final int EXCERPT_LENGTH = 40;

        static Optional<Difference> between(String expected, String actual) {
            if (expected.equals(actual)) {
                return Optional.empty();
            }
            int[] left = expected.codePoints().toArray();
            int[] right = actual.codePoints().toArray();
            int index = java.util.Arrays.mismatch(left, right);
            return Optional.of(new Difference(index, excerpt(left, index), excerpt(right, index)));
        }

        private static String excerpt(int[] text, int from) {
            return new String(text, from, Math.min(EXCERPT_LENGTH, text.length - from));
        }
    }
}
