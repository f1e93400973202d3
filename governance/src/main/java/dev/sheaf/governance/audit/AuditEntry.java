package dev.sheaf.governance.audit;

import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeSet;

/// An event with its number in the log.
///
/// @param sequence from 0, without holes; also its index in the Merkle tree
/// @param event what happened
public record AuditEntry(long sequence, AuditEvent event) {
    public AuditEntry {
        if (sequence < 0) {
            throw new IllegalArgumentException("no sequence number: " + sequence);
        }
    }

    /// Reads an entry's canonical text.
    ///
    /// @throws Problem UNREADABLE_INPUT when it is not exactly such a text
    public static AuditEntry parse(byte[] utf8) {
        AuditEntry entry = of(JsonValues.parse(new String(utf8, StandardCharsets.UTF_8)));
        if (!Arrays.equals(entry.toBytes(), utf8)) {
            throw fault("it is not in canonical form, or has members that no entry has");
        }
        return entry;
    }

    /// Reads an entry from JSON in any form; [#toBytes] then has the canonical one.
    ///
    /// @throws Problem UNREADABLE_INPUT when a member is missing or makes no sense
    public static AuditEntry of(Value json) {
        if (!(json instanceof ObjectValue object)) {
            throw fault("it is a " + json.typeName());
        }
        if (number(object, "v") != EncodedEvent.FORMAT) {
            throw fault("its format is " + number(object, "v") + "; known is 1");
        }
        long sequence = number(object, "seq");
        if (sequence < 0) {
            throw fault("its sequence number is " + sequence);
        }
        try {
            return new AuditEntry(
                    sequence,
                    new AuditEvent(
                            Instant.parse(text(object, "time")),
                            text(object, "actor"),
                            text(object, "action"),
                            text(object, "resource"),
                            AuditDecision.parse(text(object, "decision")),
                            text(object, "policy"),
                            subjects(object),
                            details(object)));
        } catch (DateTimeException e) {
            throw new Problem(ProblemCode.UNREADABLE_INPUT, "no audit entry: its time is none", e);
        } catch (Problem e) {
            throw e.code() == ProblemCode.UNREADABLE_INPUT
                    ? e
                    : new Problem(
                            ProblemCode.UNREADABLE_INPUT, "no audit entry: " + e.message(), e);
        }
    }

    private static TreeSet<SubjectPseudonym> subjects(ObjectValue object) {
        if (!(object.get("subjects") instanceof ArrayValue array)) {
            throw fault("'subjects' is missing, or no array");
        }
        TreeSet<SubjectPseudonym> subjects = new TreeSet<>();
        for (Value item : array.items()) {
            if (!(item instanceof StringValue string)) {
                throw fault("a subject is a " + item.typeName());
            }
            subjects.add(new SubjectPseudonym(string.value()));
        }
        return subjects;
    }

    private static ObjectValue details(ObjectValue object) {
        if (object.get("details") instanceof ObjectValue details) {
            return details;
        }
        throw fault("'details' is missing, or no object");
    }

    private static String text(ObjectValue object, String name) {
        if (object.get(name) instanceof StringValue string) {
            return string.value();
        }
        throw fault("'" + name + "' is missing, or no string");
    }

    private static long number(ObjectValue object, String name) {
        if (object.get(name) instanceof NumberValue number && number.isLong()) {
            return number.longValue();
        }
        throw fault("'" + name + "' is missing, or no whole number");
    }

    private static Problem fault(String what) {
        return new Problem(ProblemCode.UNREADABLE_INPUT, "no audit entry: " + what);
    }

    /// The canonical text: what is hashed and kept.
    public byte[] toBytes() {
        return EncodedEvent.of(event).toBytes(sequence);
    }

    /// Its hash as a leaf of the tree.
    public TreeHash leafHash() {
        return TreeHash.leaf(toBytes());
    }
}
