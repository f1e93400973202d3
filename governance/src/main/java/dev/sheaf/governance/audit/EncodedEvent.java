package dev.sheaf.governance.audit;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// An event's canonical text with a gap for its number, which it gets only when it is written: the
/// work is done by whoever appends, and not by the one thread that writes. Immutable.
public final class EncodedEvent {
    /// What an entry may take at most.
    public static final int ENTRY_BYTES_MAX = 1 << 20;

    static final int FORMAT = 1;
    private static final int SEQUENCE_DIGITS_MAX = 19;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final AuditEvent event;
    private final byte[] head;
    private final byte[] tail;

    private EncodedEvent(AuditEvent event, byte[] head, byte[] tail) {
        this.event = event;
        this.head = head;
        this.tail = tail;
    }

    /// @throws Problem INVALID_VALUE when the details have no canonical text; TOO_LARGE when the
    ///   entry would have more than 1 MiB
    public static EncodedEvent of(AuditEvent event) {
        StringBuilder out = new StringBuilder(256);
        member("{", "action", event.action(), out);
        member(",", "actor", event.actor(), out);
        member(",", "decision", event.decision().text(), out);
        out.append(",\"details\":");
        CanonicalJson.write(event.details(), out);
        member(",", "policy", event.policyRevision(), out);
        member(",", "resource", event.resource(), out);
        out.append(",\"seq\":");
        byte[] head = out.toString().getBytes(StandardCharsets.UTF_8);
        out.setLength(0);
        out.append(",\"subjects\":[");
        boolean isFirst = true;
        for (SubjectPseudonym subject : event.subjects()) {
            out.append(isFirst ? "" : ",");
            CanonicalJson.string(subject.text(), out);
            isFirst = false;
        }
        member("],", "time", TIME.format(event.time()), out);
        out.append(",\"v\":").append(FORMAT).append('}');
        byte[] tail = out.toString().getBytes(StandardCharsets.UTF_8);
        long bytes = (long) head.length + SEQUENCE_DIGITS_MAX + tail.length;
        if (bytes > ENTRY_BYTES_MAX) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    "the audit entry takes "
                            + bytes
                            + " bytes; allowed are "
                            + ENTRY_BYTES_MAX
                            + ": shorten its details, or split its subjects over several entries");
        }
        return new EncodedEvent(event, head, tail);
    }

    private static void member(String before, String name, String value, StringBuilder out) {
        out.append(before);
        CanonicalJson.string(name, out);
        out.append(':');
        CanonicalJson.string(value, out);
    }

    public AuditEvent event() {
        return event;
    }

    /// How many bytes [#toBytes] gives at most.
    public int bytesMax() {
        return head.length + SEQUENCE_DIGITS_MAX + tail.length;
    }

    /// The entry's canonical text in UTF-8: what is hashed and kept.
    ///
    /// @param sequence from 0
    public byte[] toBytes(long sequence) {
        byte[] digits = Long.toString(sequence).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + digits.length + tail.length)
                .put(head)
                .put(digits)
                .put(tail)
                .array();
    }
}
