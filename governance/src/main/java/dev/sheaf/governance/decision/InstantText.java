package dev.sheaf.governance.decision;

import java.time.Instant;

/// Instants as [Instant#toString] writes them, of which most have their second in common with the
/// one before. For any thread.
final class InstantText {
    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;
    private static final long BILLION = 1_000_000_000;

    private static volatile Second last = Second.of(0);

    /// @param text without fraction and zone
    private record Second(long epochSecond, String text) {
        static Second of(long epochSecond) {
            String whole = Instant.ofEpochSecond(epochSecond).toString();
            return new Second(epochSecond, whole.substring(0, whole.length() - 1));
        }
    }

    private InstantText() {}

    static String of(Instant instant) {
        Second second = last;
        if (second.epochSecond != instant.getEpochSecond()) {
            second = Second.of(instant.getEpochSecond());
            last = second;
        }
        int nanos = instant.getNano();
        if (nanos == 0) {
            return second.text.concat("Z");
        }
        // Nine digits behind a one that keeps the zeros before them.
        String digits = Long.toString(BILLION + nanos);
        int length = nanos % NANOS_OF_MILLI == 0 ? 3 : nanos % NANOS_OF_MICRO == 0 ? 6 : 9;
        return new StringBuilder(second.text.length() + length + 2)
                .append(second.text)
                .append('.')
                .append(digits, 1, 1 + length)
                .append('Z')
                .toString();
    }
}
