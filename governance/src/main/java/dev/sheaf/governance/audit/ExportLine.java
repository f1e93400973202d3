package dev.sheaf.governance.audit;

import dev.sheaf.governance.audit.note.LogProof;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/// An entry and the proof that the log has it, as one line of JSON: `{"entry":{…},"proof":"…"}`.
/// Who has the log's public key can check a line alone, whoever handed it over.
///
/// @param proof as C2SP tlog-proof specifies it
public record ExportLine(AuditEntry entry, LogProof proof) {
    /// @throws Problem UNREADABLE_INPUT when it is no such line
    public static ExportLine parse(String line) {
        Value json = JsonValues.parse(line);
        if (json instanceof ObjectValue object
                && object.get("entry") instanceof ObjectValue entry
                && object.get("proof") instanceof StringValue proof) {
            return new ExportLine(AuditEntry.of(entry), LogProof.parse(proof.value()));
        }
        throw new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "no exported audit entry: expected is {\"entry\":{…},\"proof\":\"…\"}");
    }

    /// Whether the log with this name and one of these keys has exactly this entry at its place.
    public boolean isProven(String origin, Collection<NoteKey> keys) {
        return proof.index() == entry.sequence() && proof.proves(entry.leafHash(), origin, keys);
    }

    /// As [#parse] reads it, without a line feed.
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("{\"entry\":");
        line.append(new String(entry.toBytes(), StandardCharsets.UTF_8)).append(",\"proof\":");
        CanonicalJson.string(proof.toString(), line);
        return line.append('}').toString();
    }
}
