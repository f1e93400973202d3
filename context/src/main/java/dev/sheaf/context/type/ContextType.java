package dev.sheaf.context.type;

import dev.sheaf.context.Classification;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.json.CanonicalText;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.NearMiss;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.context.resolve.Resolver;
import dev.sheaf.context.schema.SchemaValidator;
import dev.sheaf.context.translate.Translation;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A context type as its domain declares it, checked. Immutable; for any thread.
///
/// @param name unique in the mesh, such as `support.conversation`
/// @param description for people; may be empty
/// @param versions at least one, ascending; documents are stored in the last
/// @param fieldRules how places merge and how sensitive they are: a tree beside the document
/// @param tags words that policies know declared places by, by their pointers; not inherited
/// @param subject the place that names whose data a document is, for erasure
/// @param resolver who decides between concurrent values where a field does not say
public record ContextType(
        String name,
        DomainName domain,
        String description,
        List<SchemaVersion> versions,
        FieldRule fieldRules,
        Map<String, List<String>> tags,
        Residency residency,
        Visibility visibility,
        Optional<PlacePattern> subject,
        Resolver resolver,
        Delivery delivery,
        Limits limits) {

    public ContextType {
        versions = List.copyOf(versions);
        tags = Map.copyOf(tags);
    }

    /// The version that documents are stored in.
    public SchemaVersion newest() {
        return versions.getLast();
    }

    /// The checks of the newest version.
    public SchemaValidator validator() {
        return newest().validator();
    }

    /// @throws Problem INVALID_VALUE when the type does not declare the version
    public SchemaVersion version(String version) {
        return versions.get(indexOf(version));
    }

    private int indexOf(String version) {
        for (int index = 0; index < versions.size(); index++) {
            if (versions.get(index).version().equals(version)) {
                return index;
            }
        }
        List<String> declared = versions.stream().map(SchemaVersion::version).toList();
        throw new Problem(
                ProblemCode.INVALID_VALUE,
                name
                        + " has no version '"
                        + JsonValues.shown(version)
                        + "'; declared: "
                        + String.join(", ", declared)
                        + NearMiss.hint(version, declared));
    }

    /// How to bring documents and patches from one version to another, through those between.
    ///
    /// @throws Problem INVALID_VALUE when the type does not declare one of them
    public Translation translation(String from, String to) {
        int at = indexOf(from);
        int target = indexOf(to);
        Translation way = Translation.NONE;
        while (at < target) {
            at++;
            way = way.then(versions.get(at).up());
        }
        while (at > target) {
            way = way.then(versions.get(at).down());
            at--;
        }
        return way;
    }

    /// This type with the regions of its scope filled in, for a type whose residency names a scope
    /// of the mesh.
    ///
    /// @throws Problem INVALID_CONFIGURATION when visibility names a region outside
    public ContextType within(SortedSet<RegionName> scope) {
        SortedSet<RegionName> outside = new TreeSet<>();
        visibility.named().values().forEach(outside::addAll);
        outside.removeAll(scope);
        if (!outside.isEmpty()) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    name
                            + " lets "
                            + outside
                            + " see fields, which its scope does not hold; allowed: "
                            + scope
                            + ": correct its visibility, or the scope");
        }
        Optional<String> fault = subjectFault(scope);
        if (fault.isPresent()) {
            throw new Problem(ProblemCode.INVALID_CONFIGURATION, name + ": subject " + fault.get());
        }
        return new ContextType(
                name,
                domain,
                description,
                versions,
                fieldRules,
                tags,
                new Residency.Regions(scope),
                visibility,
                subject,
                resolver,
                delivery,
                limits);
    }

    /// What is wrong with the subject in a scope of these regions: one that does not see whose data
    /// a document is could not erase it.
    Optional<String> subjectFault(SortedSet<RegionName> scope) {
        if (subject.isEmpty()) {
            return Optional.empty();
        }
        FieldRule rule = fieldRules;
        for (String step : subject.get().steps()) {
            rule = rule.member(step);
        }
        Classification classification = rule.classification();
        SortedSet<RegionName> blind = new TreeSet<>(scope);
        blind.removeIf(region -> visibility.sees(region, classification));
        return blind.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        subject.get()
                                + " is "
                                + classification.name().toLowerCase(Locale.ROOT)
                                + ", which "
                                + blind
                                + " may not see: a region that does not see whose data a document"
                                + " is could not erase it. Classify the field lower, let all"
                                + " regions of the scope see that class, or leave them out of the"
                                + " scope");
    }

    /// Whether the region may hold fields of this class. A type whose residency names a scope of
    /// the mesh does not know who is in it before [#within(SortedSet)].
    public boolean sees(RegionName region, Classification classification) {
        return mayHold(region) && visibility.sees(region, classification);
    }

    private boolean mayHold(RegionName region) {
        return switch (residency) {
            case Residency.Regions declared -> declared.regions().contains(region);
            case Residency.Scope ignored -> true;
        };
    }

    /// Whether `from` may pass on to `to` what others wrote: only if it sees all that `to` sees.
    public boolean mayRelay(RegionName from, RegionName to) {
        return mayHold(from)
                && mayHold(to)
                && Arrays.stream(Classification.values())
                        .allMatch(each -> !sees(to, each) || sees(from, each));
    }

    /// Whose data a document is: the subject's value as text; nothing when the type declares no
    /// subject or the document has none.
    public Optional<String> subjectOf(JsonNode document) {
        if (subject.isEmpty()) {
            return Optional.empty();
        }
        JsonNode value = document;
        for (String step : subject.get().steps()) {
            value = value.path(step);
        }
        if (value.isString()) {
            return Optional.of(value.stringValue());
        }
        return value.isNumber() ? Optional.of(CanonicalText.of(value)) : Optional.empty();
    }
}
