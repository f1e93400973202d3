package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.schemas.SchemaEntry.State;
import dev.sheaf.node.schemas.SchemaEntry.Version;
import dev.sheaf.schemas.CompatibilityLevel;
import dev.sheaf.schemas.ParsedSchema;
import dev.sheaf.schemas.SchemaReference;
import dev.sheaf.schemas.SchemaSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/// Reads of schemas, from what is here of all regions. Whoever may not see a subject hears that it
/// is not there. For any thread.
final class SchemaLookups {
    private static final Pattern ID = Pattern.compile("\\d{1,10}");
    private static final int PARSED_MAX = 2000;
    private static final Duration COPY_WAIT_MAX = Duration.ofSeconds(5);
    private static final Duration ID_WAIT_MAX = Duration.ofSeconds(1);

    private final SchemaCatalog catalog;
    private final Subjects subjects;
    private final RegionName own;
    private final Map<String, ParsedSchema> parsed = new ConcurrentHashMap<>();

    SchemaLookups(SchemaCatalog catalog, Subjects subjects, RegionName own) {
        this.catalog = catalog;
        this.subjects = subjects;
        this.own = own;
    }

    /// Waits a moment until a change that the home has made is known here, so that who asked for it
    /// here finds it here. When it is not in time, it comes as everything from other regions.
    void awaitCopy(BooleanSupplier isKnown) {
        await(isKnown, COPY_WAIT_MAX);
    }

    private void await(BooleanSupplier isKnown, Duration max) {
        try {
            catalog.await(isKnown, max);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt(); // what is waited for comes later
        }
    }

    /// The region whose word counts for a subject.
    RegionName home(String subject) {
        return subjects.home(subject).orElse(own);
    }

    /// All versions that are not gone, by number.
    List<Version> versions(String subject, boolean isWithDeleted) {
        return catalog.versions(home(subject), subject).values().stream()
                .filter(version ->
                        version.isActive() || (isWithDeleted && version.state() == State.DELETED))
                .toList();
    }

    /// Subjects that the caller may see and that have a version.
    List<String> subjects(Principal caller, boolean isWithDeleted) {
        return catalog.subjects().stream()
                .filter(subject -> !versions(subject, isWithDeleted).isEmpty())
                .filter(subject -> subjects.mayRead(caller, subject))
                .toList();
    }

    /// Whether the caller may see the subject, and it has a version.
    boolean isThere(Principal caller, String subject) {
        return !versions(subject, false).isEmpty() && subjects.mayRead(caller, subject);
    }

    /// @throws Problem NOT_FOUND when it is not there, or not for the caller
    void requireSubject(Principal caller, String subject, boolean isWithDeleted) {
        if (versions(subject, isWithDeleted).isEmpty() || !subjects.mayRead(caller, subject)) {
            throw SchemaFaults.noSubject(subject);
        }
    }

    /// @param text a number, `latest` or -1
    Version version(Principal caller, String subject, String text, boolean isWithDeleted) {
        requireSubject(caller, subject, true);
        boolean isLatest = text.equals("latest") || text.equals("-1");
        if (!isLatest && (!text.matches("\\d{1,10}") || Long.parseLong(text) < 1)) {
            throw SchemaFaults.invalidVersion(text);
        }
        List<Version> all = versions(subject, isWithDeleted);
        if (all.isEmpty()) {
            throw SchemaFaults.noSubject(subject);
        }
        if (isLatest) {
            return all.getLast();
        }
        return all.stream()
                .filter(version -> version.number() == Long.parseLong(text))
                .findFirst()
                .orElseThrow(() -> SchemaFaults.noVersion(subject, text));
    }

    /// Who uses an id, as far as the caller may see it.
    List<Version> uses(Principal caller, int id) {
        return catalog.uses(id).stream()
                .filter(known -> subjects.mayRead(caller, known.version().subject()))
                .map(SchemaCatalog.Known::version)
                .toList();
    }

    /// The schema of an id. One that another region has just given may be on its way: records that
    /// were written with it are read as soon as they are, by clients that do not ask twice.
    Version schema(Principal caller, String id) {
        if (!ID.matcher(id).matches() || Long.parseLong(id) > Integer.MAX_VALUE) {
            throw SchemaFaults.noSchema(id);
        }
        int number = Integer.parseInt(id);
        Optional<Version> known = readable(caller, number);
        if (known.isEmpty() && isOfOthers(number)) {
            await(() -> readable(caller, number).isPresent(), ID_WAIT_MAX);
            known = readable(caller, number);
        }
        return known.orElseThrow(() -> SchemaFaults.noSchema(id));
    }

    private boolean isOfOthers(int id) {
        return catalog.blockOwner(IdBlock.ofId(id)).filter(each -> !each.equals(own)).isPresent();
    }

    private Optional<Version> readable(Principal caller, int id) {
        return catalog.uses(id).stream()
                .map(SchemaCatalog.Known::version)
                .filter(version -> subjects.mayRead(caller, version.subject()))
                .findFirst();
    }

    /// Versions that refer to one, wherever they are known.
    List<Version> referringTo(Principal caller, String subject, int version) {
        List<Version> found = new ArrayList<>();
        for (String other : catalog.subjects()) {
            for (Version each : versions(other, false)) {
                boolean isReferring =
                        each.source().references().stream()
                                .anyMatch(reference ->
                                        reference.subject().equals(subject)
                                                && reference.version() == version);
                if (isReferring && subjects.mayRead(caller, other)) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    /// A schema that a caller sends, with those that it refers to as the caller may see them.
    ///
    /// @throws Problem saying what is wrong with it
    ParsedSchema parse(Principal caller, SchemaSource source) {
        try {
            return ParsedSchema.read(source, reference -> referred(caller, reference));
        } catch (Problem invalid) {
            throw invalid.code() == ProblemCode.INVALID_VALUE
                    ? SchemaFaults.invalidSchema("Invalid schema: " + invalid.message())
                    : invalid;
        }
    }

    private SchemaSource referred(Principal caller, SchemaReference reference) {
        Version version =
                catalog.versions(home(reference.subject()), reference.subject())
                        .get(reference.version());
        if (version == null
                || version.state() == State.GONE
                || !subjects.mayRead(caller, reference.subject())) {
            throw SchemaFaults.invalidSchema(
                    "Invalid schema: no schema reference found for subject '"
                            + reference.subject()
                            + "' and version "
                            + reference.version());
        }
        return version.source();
    }

    /// A version that is there, parsed.
    ParsedSchema parsed(Version version) {
        if (parsed.size() > PARSED_MAX) {
            parsed.clear();
        }
        return parsed.computeIfAbsent(
                version.digest(), _ -> ParsedSchema.read(version.source(), this::known));
    }

    private SchemaSource known(SchemaReference reference) {
        NavigableMap<Integer, Version> all =
                catalog.versions(home(reference.subject()), reference.subject());
        Version version = all.get(reference.version());
        if (version == null || version.state() == State.GONE) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "version "
                            + reference.version()
                            + " of '"
                            + reference.subject()
                            + "' is not known in "
                            + own);
        }
        return version.source();
    }

    /// What makes two schemas the same.
    static String digest(SchemaSource source) {
        return Sha256.of(
                        (source.language() + "\n" + source.references() + "\n" + source.text())
                                .getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    /// Versions that count for compatibility, in order.
    List<CompatibilityLevel.Earlier> earlier(List<Version> versions) {
        return versions.stream()
                .map(version -> new CompatibilityLevel.Earlier(version.number(), parsed(version)))
                .toList();
    }

    /// The level that a subject has itself.
    Optional<CompatibilityLevel> level(String subject) {
        return catalog.subject(home(subject), subject).flatMap(SchemaEntry.Subject::level);
    }

    /// The level that counts: a product's contract has rules of its own unless one is set.
    CompatibilityLevel effectiveLevel(String subject) {
        return level(subject)
                .orElseGet(() ->
                        subjects.product(subject).isPresent()
                                ? CompatibilityLevel.NONE
                                : regionLevel(home(subject)));
    }

    CompatibilityLevel regionLevel(RegionName region) {
        return catalog.region(region)
                .flatMap(SchemaEntry.Region::level)
                .orElse(CompatibilityLevel.BACKWARD);
    }

    Optional<SubjectMode> mode(String subject) {
        return catalog.subject(home(subject), subject).flatMap(SchemaEntry.Subject::mode);
    }

    SubjectMode regionMode(RegionName region) {
        return catalog.region(region)
                .flatMap(SchemaEntry.Region::mode)
                .orElse(SubjectMode.READWRITE);
    }
}
