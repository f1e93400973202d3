package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.schemas.SchemaEntry.State;
import dev.sheaf.node.schemas.SchemaEntry.Version;
import dev.sheaf.schemas.CompatibilityLevel;
import dev.sheaf.schemas.ParsedSchema;
import dev.sheaf.schemas.SchemaSource;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/// Changes of subjects that are at home here. One at a time.
final class SchemaChanges {
    private static final int NAME_CHARACTERS_MAX = 255;

    private final SchemaHome home;
    private final SchemaCatalog catalog;
    private final SchemaDocuments documents;
    private final SchemaLookups lookups;
    private final Subjects subjects;

    SchemaChanges(
            SchemaHome home,
            SchemaCatalog catalog,
            SchemaDocuments documents,
            SchemaLookups lookups,
            Subjects subjects) {
        this.home = home;
        this.catalog = catalog;
        this.documents = documents;
        this.lookups = lookups;
        this.subjects = subjects;
    }

    /// Registers a schema; one that the subject has already is not registered again.
    ///
    /// @param source in its one form
    /// @return the version that has it
    synchronized Version register(
            Principal caller, String subject, SchemaSource source, ParsedSchema schema) {
        requireName(subject);
        subjects.requireWrite(caller, subject);
        String digest = SchemaLookups.digest(source);
        Optional<Version> same = same(subject, digest);
        if (same.isPresent()) {
            return same.get();
        }
        if (lookups.mode(subject).orElse(lookups.regionMode(documents.own()))
                == SubjectMode.READONLY) {
            throw SchemaFaults.of(
                    ProblemCode.SCHEMA_VIOLATION,
                    42205,
                    "Subject " + subject + " is in read-only mode");
        }
        requireCompatible(subject, schema);
        return add(
                subject,
                source,
                digest,
                subjects.domain(caller, subject),
                Optional.empty(),
                Optional.empty());
    }

    private Optional<Version> same(String subject, String digest) {
        return lookups.versions(subject, false).stream()
                .filter(version -> version.digest().equals(digest))
                .reduce((_, later) -> later);
    }

    private void requireCompatible(String subject, ParsedSchema schema) {
        CompatibilityLevel level = lookups.effectiveLevel(subject);
        List<String> breaks =
                level.breaks(schema, lookups.earlier(lookups.versions(subject, false)));
        if (!breaks.isEmpty()) {
            throw SchemaFaults.incompatible(
                    "Schema being registered is incompatible with an earlier schema for subject \""
                            + subject
                            + "\" (level "
                            + level
                            + "): "
                            + String.join("; ", breaks));
        }
    }

    /// Registers what a contract says, unless the newest that was made from one says it already.
    synchronized Version follow(
            ProductName product, String subject, SchemaSource source, String contractVersion) {
        String digest = SchemaLookups.digest(source);
        Optional<Version> last =
                lookups.versions(subject, false).stream()
                        .filter(version -> version.contractVersion().isPresent())
                        .reduce((_, later) -> later);
        if (last.isPresent() && last.get().digest().equals(digest)) {
            return last.get();
        }
        return add(
                subject,
                source,
                digest,
                product.domain().value(),
                Optional.of(product.toString()),
                Optional.of(contractVersion));
    }

    private Version add(
            String subject,
            SchemaSource source,
            String digest,
            String domain,
            Optional<String> product,
            Optional<String> contractVersion) {
        NavigableMap<Integer, Version> all = catalog.versions(documents.own(), subject);
        int number = all.isEmpty() ? 1 : all.lastKey() + 1;
        int id = home.id(digest);
        Optional<SchemaEntry.Subject> known = catalog.subject(documents.own(), subject);
        if (known.isEmpty() || !known.get().product().equals(product)) {
            home.put(
                    new SchemaEntry.Subject(
                            subject,
                            domain,
                            product,
                            known.map(SchemaEntry.Subject::since).orElseGet(home::now),
                            known.flatMap(SchemaEntry.Subject::level),
                            known.flatMap(SchemaEntry.Subject::mode)));
        }
        Version version =
                new Version(
                        subject,
                        number,
                        id,
                        digest,
                        source,
                        State.ACTIVE,
                        contractVersion,
                        home.now());
        home.put(version);
        return version;
    }

    /// Removes all versions of a subject.
    ///
    /// @return their numbers
    synchronized List<Integer> delete(Principal caller, String subject, boolean isPermanent) {
        lookups.requireSubject(caller, subject, true);
        subjects.requireWrite(caller, subject);
        List<Version> active = lookups.versions(subject, false);
        List<Version> all = lookups.versions(subject, true);
        if (isPermanent && !active.isEmpty()) {
            throw SchemaFaults.of(
                    ProblemCode.NOT_FOUND,
                    40405,
                    "Subject '"
                            + subject
                            + "' was not deleted first before being permanently deleted");
        }
        if (!isPermanent && active.isEmpty()) {
            throw SchemaFaults.of(
                    ProblemCode.NOT_FOUND,
                    40404,
                    "Subject '"
                            + subject
                            + "' was soft deleted. Set permanent=true to delete permanently");
        }
        List<Version> concerned = isPermanent ? all : active;
        concerned.forEach(version -> requireUnused(caller, version));
        concerned.forEach(
                version -> home.put(version.in(isPermanent ? State.GONE : State.DELETED)));
        return concerned.stream().map(Version::number).toList();
    }

    /// Removes one version.
    synchronized int delete(Principal caller, String subject, String number, boolean isPermanent) {
        Version version = lookups.version(caller, subject, number, true);
        subjects.requireWrite(caller, subject);
        if (isPermanent && version.isActive()) {
            throw SchemaFaults.of(
                    ProblemCode.NOT_FOUND,
                    40407,
                    "Subject '"
                            + subject
                            + "' Version "
                            + number
                            + " was not deleted first before being permanently deleted");
        }
        if (!isPermanent && !version.isActive()) {
            throw SchemaFaults.of(
                    ProblemCode.NOT_FOUND,
                    40406,
                    "Subject '"
                            + subject
                            + "' Version "
                            + number
                            + " was soft deleted. Set permanent=true to delete permanently");
        }
        requireUnused(caller, version);
        home.put(version.in(isPermanent ? State.GONE : State.DELETED));
        return version.number();
    }

    private void requireUnused(Principal caller, Version version) {
        List<Version> users =
                lookups.referringTo(caller, version.subject(), version.number()).stream()
                        .filter(user -> !user.subject().equals(version.subject()))
                        .toList();
        if (!users.isEmpty()) {
            throw SchemaFaults.of(
                    ProblemCode.SCHEMA_VIOLATION,
                    42206,
                    "One or more references exist to the schema '"
                            + version.subject()
                            + "' version "
                            + version.number()
                            + ": "
                            + users.stream()
                                    .map(user -> user.subject() + " version " + user.number())
                                    .toList());
        }
    }

    /// @param level empty for the region's own
    /// @return the level before
    synchronized CompatibilityLevel level(
            Principal caller, String subject, Optional<CompatibilityLevel> level) {
        subjects.requireWrite(caller, subject);
        CompatibilityLevel before = lookups.effectiveLevel(subject);
        home.put(subject(caller, subject).with(level, lookups.mode(subject)));
        return before;
    }

    /// @return the mode before
    synchronized SubjectMode mode(Principal caller, String subject, Optional<SubjectMode> mode) {
        subjects.requireWrite(caller, subject);
        SubjectMode before = lookups.mode(subject).orElse(lookups.regionMode(documents.own()));
        home.put(subject(caller, subject).with(lookups.level(subject), mode));
        return before;
    }

    private SchemaEntry.Subject subject(Principal caller, String subject) {
        requireName(subject);
        return catalog.subject(documents.own(), subject)
                .orElseGet(() ->
                        new SchemaEntry.Subject(
                                subject,
                                subjects.domain(caller, subject),
                                subjects.product(subject).map(ProductName::toString),
                                home.now(),
                                Optional.empty(),
                                Optional.empty()));
    }

    synchronized void regionLevel(Principal caller, Optional<CompatibilityLevel> level) {
        subjects.requireWriteAll(caller);
        home.put(home.region().with(level, home.region().mode()));
    }

    synchronized void regionMode(Principal caller, Optional<SubjectMode> mode) {
        subjects.requireWriteAll(caller);
        home.put(home.region().with(home.region().level(), mode));
    }

    private static void requireName(String subject) {
        boolean isSound =
                !subject.isBlank()
                        && subject.length() <= NAME_CHARACTERS_MAX
                        && subject.chars().noneMatch(Character::isISOControl);
        if (!isSound) {
            throw SchemaFaults.of(
                    ProblemCode.SCHEMA_VIOLATION,
                    42208,
                    "The specified subject '"
                            + subject.replaceAll("\\p{Cntrl}", "?")
                            + "' is not a valid subject: 1 to "
                            + NAME_CHARACTERS_MAX
                            + " characters, none of them a control character");
        }
    }

    /// What may be said when a change cannot be made where it was asked for.
    static Problem notHere(String subject, String region, String why) {
        return new Problem(
                ProblemCode.UNAVAILABLE,
                "the subject '"
                        + subject
                        + "' is at home in "
                        + region
                        + ", which decides about it and cannot be asked: "
                        + why);
    }
}
