package dev.sheaf.node.tracing;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where in which trace something happens: the header `traceparent` of W3C Trace Context.
///
/// @param traceId 32 hexadecimal digits, not all zero
/// @param spanId 16 hexadecimal digits, not all zero
/// @param isSampled whether whoever began the trace records it
public record TraceContext(String traceId, String spanId, boolean isSampled) {
    /// The header's name.
    public static final String HEADER = "traceparent";

    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final int SAMPLED = 1;
    private static final int HEXADECIMAL = 16;
    private static final String NO_TRACE = "0".repeat(2 * TRACE_BYTES);
    private static final String NO_SPAN = "0".repeat(2 * SPAN_BYTES);

    /// Later versions may say more after what this one says.
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /// @return empty for what is no such header; it is passed over then, as the standard wants
    public static Optional<TraceContext> parse(String header) {
        Matcher parts = FORM.matcher(header.strip());
        if (!parts.matches()
                || parts.group(1).equals("ff")
                || (parts.group(1).equals("00") && parts.group(5) != null)
                || parts.group(2).equals(NO_TRACE)
                || parts.group(3).equals(NO_SPAN)) {
            return Optional.empty();
        }
        int flags = Integer.parseInt(parts.group(4), HEXADECIMAL);
        return Optional.of(
                new TraceContext(parts.group(2), parts.group(3), (flags & SAMPLED) == SAMPLED));
    }

    /// The beginning of a new trace.
    static TraceContext begin(RandomGenerator random, boolean isSampled) {
        return new TraceContext(
                hex(random, TRACE_BYTES, NO_TRACE), hex(random, SPAN_BYTES, NO_SPAN), isSampled);
    }

    /// Another place in the same trace.
    TraceContext next(RandomGenerator random) {
        return new TraceContext(traceId, hex(random, SPAN_BYTES, NO_SPAN), isSampled);
    }

    private static String hex(RandomGenerator random, int count, String nothing) {
        byte[] bytes = new byte[count];
        String digits = nothing;
        while (digits.equals(nothing)) {
            random.nextBytes(bytes);
            digits = HexFormat.of().formatHex(bytes);
        }
        return digits;
    }

    /// The header's value.
    public String header() {
        return String.format(
                Locale.ROOT, "00-%s-%s-%02x", traceId, spanId, isSampled ? SAMPLED : 0);
    }
}
