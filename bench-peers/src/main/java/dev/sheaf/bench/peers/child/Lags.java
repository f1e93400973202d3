package dev.sheaf.bench.peers.child;

import java.util.Arrays;
import java.util.Locale;

/// Lags in microseconds and their percentiles. One thread adds.
public final class Lags {
    private long[] micros = new long[1024];
    private int size;

    public void add(long lagMicros) {
        if (size == micros.length) {
            micros = Arrays.copyOf(micros, size * 2);
        }
        micros[size++] = lagMicros;
    }

    public void addAll(Lags other) {
        for (int i = 0; i < other.size; i++) {
            add(other.micros[i]);
        }
    }

    public int size() {
        return size;
    }

    /// In milliseconds with two digits, as JSON writes numbers; `null` without samples.
    ///
    /// @param fraction 0.5 is the median
    public String milliseconds(double fraction) {
        if (size == 0) {
            return "null";
        }
        long[] sorted = Arrays.copyOf(micros, size);
        Arrays.sort(sorted);
        long lag = sorted[Math.min(size - 1, (int) (fraction * size))];
        return String.format(Locale.ROOT, "%.2f", lag / 1e3);
    }
}
