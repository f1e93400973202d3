package dev.sheaf.product.ingest;

import java.util.Arrays;

/// From the lines and rows of a sieved copy back to those of the original. Each break says by how
/// much the lines and rows from it on are shifted.
public final class LineMap {
    /// The copy is the original.
    public static final LineMap IDENTITY = new LineMap();

    private long[] fromLine = new long[16];
    private long[] lineShift = new long[16];
    private long[] rowShift = new long[16];
    private int size;

    void shift(long line, long lines, long rows) {
        if (size > 0 && lineShift[size - 1] == lines && rowShift[size - 1] == rows) {
            return;
        }
        if (size == fromLine.length) {
            fromLine = Arrays.copyOf(fromLine, size * 2);
            lineShift = Arrays.copyOf(lineShift, size * 2);
            rowShift = Arrays.copyOf(rowShift, size * 2);
        }
        fromLine[size] = line;
        lineShift[size] = lines;
        rowShift[size] = rows;
        size++;
    }

    /// The original's line for a line of the copy.
    public long line(long copied) {
        int at = index(copied);
        return at < 0 ? copied : copied + lineShift[at];
    }

    /// The original's row number for a row that begins on that line of the copy.
    public long row(long copiedLine, long copiedRow) {
        int at = index(copiedLine);
        return at < 0 ? copiedRow : copiedRow + rowShift[at];
    }

    private int index(long line) {
        int found = Arrays.binarySearch(fromLine, 0, size, line);
        return found >= 0 ? found : -found - 2;
    }
}
