package dev.sheaf.context;

/// A hybrid logical clock's reading, packed into a long: milliseconds since 1970 in the upper 48
/// bits, a counter in the lower 16. Readings rank concurrent writes; they never decide what caused
/// what. Source: Kulkarni et al., Logical Physical Clocks (2014).
public final class Hlc {
    private static final int COUNTER_BITS = 16;
    private static final long COUNTER_MAX = (1L << COUNTER_BITS) - 1;

    private Hlc() {}

    public static long of(long millis, int counter) {
        return millis << COUNTER_BITS | counter;
    }

    public static long millis(long hlc) {
        return hlc >>> COUNTER_BITS;
    }

    public static int counter(long hlc) {
        return (int) (hlc & COUNTER_MAX);
    }

    /// The next reading after `last` when the wall clock says `millis`: strictly greater than
    /// `last`, and not behind the wall clock. A counter that runs over borrows from the next
    /// millisecond.
    public static long next(long last, long millis) {
        long wall = of(millis, 0);
        return wall > last ? wall : last + 1;
    }
}
