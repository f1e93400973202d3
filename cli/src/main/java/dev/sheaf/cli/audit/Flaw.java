package dev.sheaf.cli.audit;

import dev.sheaf.governance.audit.store.AuditFinding;

import java.util.Locale;
import java.util.Optional;

/// Something that is not as the log wrote it.
///
/// @param kind as in `spec/audit.md`, lower case with hyphens
/// @param entry the first entry that is concerned
/// @param entries how many are; 0 when none is
/// @param place where, if it is at one place
/// @param isHarmless whether a crash, or mere newness, explains it
record Flaw(
        String kind,
        long entry,
        long entries,
        Optional<String> place,
        boolean isHarmless,
        String message) {
    static Flaw of(AuditFinding finding) {
        return new Flaw(
                name(finding.kind()),
                finding.sequence(),
                finding.count(),
                finding.place().map(place -> place.file() + ", byte " + place.offset()),
                finding.kind().isHarmless(),
                finding.message());
    }

    static Flaw of(AuditFinding.Kind kind, long entry, long entries, String message) {
        return new Flaw(name(kind), entry, entries, Optional.empty(), kind.isHarmless(), message);
    }

    Flaw at(String where) {
        return new Flaw(kind, entry, entries, Optional.of(where), isHarmless, message);
    }

    private static String name(AuditFinding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
