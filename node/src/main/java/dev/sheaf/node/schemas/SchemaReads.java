package dev.sheaf.node.schemas;

import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.schemas.SchemaEntry.Version;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Orders that only read: answered here, wherever the subject is at home.
final class SchemaReads {
    private final SchemaLookups lookups;

    SchemaReads(SchemaLookups lookups) {
        this.lookups = lookups;
    }

    SchemaAnswer subjects(SchemaOrder order, Principal caller) {
        boolean isOnlyDeleted = order.flag("deletedOnly");
        Stream<String> subjects =
                lookups.subjects(caller, isOnlyDeleted || order.flag("deleted")).stream()
                        .filter(subject ->
                                !isOnlyDeleted || lookups.versions(subject, false).isEmpty())
                        .filter(subject ->
                                subject.startsWith(order.parameter("subjectPrefix").orElse("")));
        return SchemaAnswer.of(page(order, subjects));
    }

    SchemaAnswer versions(SchemaOrder order, Principal caller) {
        String subject = order.step(1);
        boolean isOnlyDeleted = order.flag("deletedOnly");
        boolean isWithDeleted = isOnlyDeleted || order.flag("deleted");
        lookups.requireSubject(caller, subject, isWithDeleted);
        return SchemaAnswer.of(
                page(
                        order,
                        lookups.versions(subject, isWithDeleted).stream()
                                .filter(version -> !isOnlyDeleted || !version.isActive())
                                .map(Version::number)));
    }

    SchemaAnswer version(SchemaOrder order, Principal caller) {
        Version version =
                lookups.version(caller, order.step(1), order.step(3), order.flag("deleted"));
        return SchemaAnswer.of(SchemaBodies.version(version, text(order, version)));
    }

    /// The bare text.
    SchemaAnswer versionText(SchemaOrder order, Principal caller) {
        Version version =
                lookups.version(caller, order.step(1), order.step(3), order.flag("deleted"));
        return new SchemaAnswer(200, text(order, version).orElse(version.source().text()), "");
    }

    SchemaAnswer referencedBy(SchemaOrder order, Principal caller) {
        Version version = lookups.version(caller, order.step(1), order.step(3), true);
        return SchemaAnswer.of(
                lookups.referringTo(caller, version.subject(), version.number()).stream()
                        .map(Version::id)
                        .distinct()
                        .sorted()
                        .toList());
    }

    SchemaAnswer schema(SchemaOrder order, Principal caller) {
        Version version = lookups.schema(caller, order.step(2));
        Map<String, Object> answer = SchemaBodies.schema(version, text(order, version));
        if (order.flag("fetchMaxId")) {
            answer.put("maxId", IdBlock.id(IdBlock.ofId(version.id()), IdBlock.SCHEMAS_MAX));
        }
        return SchemaAnswer.of(answer);
    }

    SchemaAnswer schemaText(SchemaOrder order, Principal caller) {
        Version version = lookups.schema(caller, order.step(2));
        return new SchemaAnswer(200, text(order, version).orElse(version.source().text()), "");
    }

    SchemaAnswer subjectsOf(SchemaOrder order, Principal caller) {
        return SchemaAnswer.of(
                uses(order, caller).stream().map(Version::subject).distinct().sorted().toList());
    }

    SchemaAnswer versionsOf(SchemaOrder order, Principal caller) {
        return SchemaAnswer.of(
                uses(order, caller).stream()
                        .map(version -> {
                            Map<String, Object> use = new LinkedHashMap<>();
                            use.put("subject", version.subject());
                            use.put("version", version.number());
                            return use;
                        })
                        .toList());
    }

    private List<Version> uses(SchemaOrder order, Principal caller) {
        Version version = lookups.schema(caller, order.step(2));
        return lookups.uses(caller, version.id()).stream()
                .filter(use -> use.isActive() || order.flag("deleted"))
                .filter(use -> order.parameter("subject").map(use.subject()::equals).orElse(true))
                .toList();
    }

    /// All versions of all subjects.
    SchemaAnswer schemas(SchemaOrder order, Principal caller) {
        boolean isWithDeleted = order.flag("deleted");
        boolean isLatestOnly = order.flag("latestOnly");
        Stream<Map<String, Object>> all =
                lookups.subjects(caller, isWithDeleted).stream()
                        .filter(subject ->
                                subject.startsWith(order.parameter("subjectPrefix").orElse("")))
                        .flatMap(subject -> {
                            List<Version> versions = lookups.versions(subject, isWithDeleted);
                            return isLatestOnly ? Stream.of(versions.getLast()) : versions.stream();
                        })
                        .map(version -> SchemaBodies.version(version, Optional.empty()));
        return SchemaAnswer.of(page(order, all));
    }

    private Optional<String> text(SchemaOrder order, Version version) {
        return order.parameter("format").isEmpty()
                ? Optional.empty()
                : SchemaBodies.formatted(order.parameter("format"), lookups.parsed(version));
    }

    private static <T> List<T> page(SchemaOrder order, Stream<T> all) {
        Stream<T> rest = all.skip(order.number("offset", 0));
        int limit = order.number("limit", -1);
        return (limit > 0 ? rest.limit(limit) : rest).toList();
    }
}
