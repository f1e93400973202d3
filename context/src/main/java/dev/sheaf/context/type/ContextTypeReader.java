package dev.sheaf.context.type;

import dev.sheaf.context.Lane;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.context.resolve.Resolver;
import dev.sheaf.context.schema.Place;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads declarations of context types: YAML (1.2, core schema) or JSON, one type in a text. Safe
/// for use by many threads; never throws for anything the text may hold, and reports all that is
/// wrong with it at once.
public final class ContextTypeReader {
    static final String KIND = "ContextType";
    static final String API_VERSION = "sheaf.dev/v1";

    private static final String RESERVED = "mesh.";
    private static final Pattern NAME =
            Pattern.compile("[a-z][a-z0-9-]{0,62}(?:\\.[a-z][a-z0-9-]{0,62}){0,7}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhd])");
    private static final Duration TTL_MAX = Duration.ofDays(36_500);
    private static final int DESCRIPTION_CHARACTERS_MAX = 10_000;
    private static final List<String> KEYS =
            List.of(
                    "apiVersion",
                    "kind",
                    "name",
                    "domain",
                    "description",
                    "versions",
                    "fields",
                    "residency",
                    "visibility",
                    "staleness",
                    "ttl",
                    "subject",
                    "resolver",
                    "audited",
                    "acknowledge",
                    "limits");

    private final Section root;
    private final Findings findings;
    private final boolean ofTheMesh;

    private ContextTypeReader(Section root, Findings findings, boolean ofTheMesh) {
        this.root = root;
        this.findings = findings;
        this.ofTheMesh = ofTheMesh;
    }

    /// Reads a domain's declaration.
    ///
    /// @param sourceName for findings: a path or whatever the caller calls the text
    public static ContextTypeReading read(String text, String sourceName) {
        return read(text, sourceName, false);
    }

    /// Reads a declaration of the mesh itself, whose name begins with `mesh.`.
    public static ContextTypeReading readOfTheMesh(String text, String sourceName) {
        return read(text, sourceName, true);
    }

    private static ContextTypeReading read(String text, String sourceName, boolean ofTheMesh) {
        try {
            YamlDocument.Parsed parsed = YamlDocument.parse(text);
            Findings findings = new Findings(parsed.lines());
            Optional<ContextType> type = type(parsed.root(), findings, ofTheMesh);
            return type.isPresent() && findings.count() == 0
                    ? new ContextTypeReading.Accepted(type.get())
                    : new ContextTypeReading.Refused(sourceName, findings.sorted());
        } catch (YamlDocument.Fault fault) {
            return new ContextTypeReading.Refused(sourceName, List.of(fault.finding()));
        }
    }

    private static Optional<ContextType> type(JsonNode node, Findings findings, boolean ofTheMesh) {
        if (!node.isObject()) {
            findings.add("", "is " + JsonValues.shown(node) + "; a declaration is keys and values");
            return Optional.empty();
        }
        Section root = new Section(node, "", findings);
        return new ContextTypeReader(root, findings, ofTheMesh).type();
    }

    private Optional<ContextType> type() {
        root.allow(KEYS);
        root.require("apiVersion", "kind", "name", "domain", "versions", "residency");
        constant("apiVersion", API_VERSION);
        constant("kind", KIND);
        Optional<String> name = name();
        Optional<DomainName> domain = root.parsed("domain", DomainName::new);
        Optional<List<SchemaVersion>> versions = new VersionsReader(findings).read(root);
        Optional<Place> schema = versions.map(all -> all.getLast().validator().root());
        Resolver resolver =
                root.parsed("resolver", Resolver::parse).orElse(new Resolver.LastWriter());
        List<FieldDeclaration> fields =
                root.section("fields")
                        .map(new FieldsReader(findings, schema)::read)
                        .orElse(List.of());
        AccessReader access = new AccessReader(root);
        Optional<Residency> residency = access.residency();
        Visibility visibility = access.visibility(residency);
        checkPreferred(resolver, fields, residency);
        Optional<PlacePattern> subject =
                root.parsed("subject", PlacePattern::parse)
                        .filter(pattern -> checkSubject(pattern, schema));
        String description = description();
        Delivery delivery = delivery();
        Limits limits = limits();
        FieldTree tree = new FieldTree(findings);
        if (name.isEmpty() || domain.isEmpty() || versions.isEmpty() || residency.isEmpty()) {
            tree.build(fields, resolver.name());
            return Optional.empty();
        }
        ContextType type =
                new ContextType(
                        name.get(),
                        domain.get(),
                        description,
                        versions.get(),
                        tree.build(fields, resolver.name()),
                        tags(fields),
                        residency.get(),
                        visibility,
                        subject,
                        resolver,
                        delivery,
                        limits);
        if (residency.get() instanceof Residency.Regions scope) {
            type.subjectFault(scope.regions()).ifPresent(fault -> root.fault("subject", fault));
        }
        return Optional.of(type);
    }

    private void constant(String key, String allowed) {
        Optional<String> written = root.text(key);
        if (written.isPresent() && !written.get().equals(allowed)) {
            root.wrong(key, allowed);
        }
    }

    private Optional<String> name() {
        Optional<String> name = root.text("name");
        if (name.isEmpty()) {
            return name;
        }
        if (!NAME.matcher(name.get()).matches()) {
            root.wrong(
                    "name",
                    "1 to 8 words of lower-case letters, digits and hyphens, each beginning with a"
                            + " letter, joined by dots, as in support.conversation");
            return Optional.empty();
        }
        if (name.get().startsWith(RESERVED) != ofTheMesh) {
            root.fault(
                    "name",
                    ofTheMesh
                            ? "is " + name.get() + "; types of the mesh begin with mesh."
                            : "is "
                                    + name.get()
                                    + "; mesh. is reserved for the mesh itself: begin with the"
                                    + " domain's name");
        }
        return name;
    }

    private String description() {
        String description = root.text("description").orElse("");
        if (description.length() > DESCRIPTION_CHARACTERS_MAX) {
            root.fault(
                    "description",
                    "has "
                            + description.length()
                            + " characters; "
                            + DESCRIPTION_CHARACTERS_MAX
                            + " are allowed");
        }
        return description;
    }

    /// A region that is preferred must be one that can write.
    private static Map<String, List<String>> tags(List<FieldDeclaration> fields) {
        return fields.stream()
                .filter(field -> !field.tags().isEmpty())
                .collect(
                        Collectors.toMap(
                                field -> field.pattern().toString(),
                                FieldDeclaration::tags,
                                (first, again) -> first));
    }

    private void checkPreferred(
            Resolver resolver, List<FieldDeclaration> fields, Optional<Residency> residency) {
        checkPreferred("/resolver", resolver, residency);
        for (FieldDeclaration field : fields) {
            field.resolver()
                    .ifPresent(
                            each -> checkPreferred(field.pointer() + "/resolver", each, residency));
        }
    }

    private void checkPreferred(String pointer, Resolver resolver, Optional<Residency> residency) {
        if (resolver instanceof Resolver.Prefer(RegionName region)
                && residency.isPresent()
                && residency.get() instanceof Residency.Regions scope
                && !scope.regions().contains(region)) {
            findings.add(
                    pointer,
                    "prefers "
                            + region
                            + ", which is not in the scope; allowed: "
                            + JsonValues.shown(scope.regions().toString()));
        }
    }

    private boolean checkSubject(PlacePattern subject, Optional<Place> schema) {
        if (!subject.isExact() || subject.steps().isEmpty()) {
            root.wrong("subject", "a pointer to one member, without *, as in /customer/id");
            return false;
        }
        if (schema.isPresent()) {
            SchemaPlaces places = SchemaPlaces.find(schema.get(), subject);
            if (places.fault().isPresent()) {
                root.fault("subject", places.fault().get());
            } else if (places.allowAnyOf("object", "array", "boolean")
                    || !places.allowAnyOf("string", "integer", "number")) {
                root.fault(
                        "subject",
                        "must be one text or number by the schema, which says "
                                + places.types()
                                + " there");
            }
        }
        return true;
    }

    private Delivery delivery() {
        return new Delivery(
                root.choice("staleness", Lane.class).orElse(Lane.IMPORTANT),
                root.parsed("ttl", ContextTypeReader::duration),
                root.flag("audited").orElse(false),
                root.choice("acknowledge", Delivery.Acknowledge.class)
                        .orElse(Delivery.Acknowledge.SYNCED));
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Map<String, Duration> units =
                    Map.of(
                            "s", Duration.ofSeconds(1),
                            "m", Duration.ofMinutes(1),
                            "h", Duration.ofHours(1),
                            "d", Duration.ofDays(1));
            Duration duration =
                    units.getOrDefault(matcher.group(2), Duration.ZERO).multipliedBy(number);
            if (!duration.isZero() && duration.compareTo(TTL_MAX) <= 0) {
                return duration;
            }
        }
        throw new Problem(
                ProblemCode.INVALID_VALUE,
                "'"
                        + JsonValues.shown(text)
                        + "' is not a time to live: write a number and s, m, h or d, as in 3600s or"
                        + " 30d, from 1s to "
                        + TTL_MAX.toDays()
                        + "d");
    }

    private Limits limits() {
        Optional<Section> section = root.section("limits");
        if (section.isEmpty()) {
            return Limits.DEFAULT;
        }
        Section limits = section.get();
        limits.allow(List.of("documentBytesMax", "listElementsMax", "depthMax"));
        return new Limits(
                documentBytesMax(limits),
                limits.whole("listElementsMax", 1, Limits.LIST_ELEMENTS_MOST)
                        .orElse(Limits.DEFAULT.listElementsMax()),
                limits.whole("depthMax", 1, Limits.DEPTH_MOST).orElse(Limits.DEFAULT.depthMax()));
    }

    private static ByteSize documentBytesMax(Section limits) {
        String key = "documentBytesMax";
        Optional<ByteSize> size = limits.parsed(key, ByteSize::parse);
        boolean outside =
                size.isPresent()
                        && (size.get().compareTo(Limits.DOCUMENT_BYTES_LEAST) < 0
                                || size.get().compareTo(Limits.DOCUMENT_BYTES_MOST) > 0);
        if (outside) {
            limits.wrong(
                    key,
                    "a size from "
                            + Limits.DOCUMENT_BYTES_LEAST
                            + " to "
                            + Limits.DOCUMENT_BYTES_MOST);
        }
        return size.orElse(Limits.DEFAULT.documentBytesMax());
    }
}
