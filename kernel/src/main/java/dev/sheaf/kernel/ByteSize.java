package dev.sheaf.kernel;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes, read and written with binary units: `512MiB`, `2GiB`.
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB|TiB)?");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int STEP = 1024;

    public ByteSize {
        if (bytes < 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, bytes + " bytes: a size is never negative");
        }
    }

    public static ByteSize ofMebibytes(long mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    /// Reads `NUMBER[B|KiB|MiB|GiB|TiB]`; no unit means bytes.
    ///
    /// @throws Problem with INVALID_VALUE when the text has another form or does not fit 63 bits
    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw unreadable(text);
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        long bytes = Long.parseLong(matcher.group(1));
        for (int power = 0; !UNITS[power].equals(unit); power++) {
            if (bytes > Long.MAX_VALUE / STEP) {
                throw unreadable(text);
            }
            bytes *= STEP;
        }
        return new ByteSize(bytes);
    }

    private static Problem unreadable(String text) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "'"
                        + Names.shown(text)
                        + "' is not a size: write a number and a unit, as in 512MiB or 2GiB");
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /// With the largest unit that leaves at least one, rounded to a tenth: `1.5 GiB`.
    @Override
    public String toString() {
        double shown = bytes;
        int power = 0;
        while (shown >= STEP && power < UNITS.length - 1) {
            shown /= STEP;
            power++;
        }
        return power == 0
                ? bytes + " B"
                : String.format(Locale.ROOT, "%.1f %s", shown, UNITS[power]);
    }
}
