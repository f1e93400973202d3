package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.schemas.SchemaEntry.Version;
import dev.sheaf.schemas.CompatibilityLevel;
import dev.sheaf.schemas.ParsedSchema;
import dev.sheaf.schemas.SchemaSource;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Orders for subjects: answered here as far as what is here will do, else by the subject's home.
/// For any thread.
final class SchemaApi {
    /// How a subject's home is asked; throws UNAVAILABLE when it cannot be.
    @FunctionalInterface
    interface Homes {
        SchemaAnswer ask(RegionName home, SchemaOrder order, String token);
    }

    private final SchemaLookups lookups;
    private final SchemaChanges changes;
    private final ContractFit contracts;
    private final Audit audit;
    private final RegionName own;
    private final Homes homes;

    SchemaApi(
            SchemaLookups lookups,
            SchemaChanges changes,
            ContractFit contracts,
            Audit audit,
            RegionName own,
            Homes homes) {
        this.lookups = lookups;
        this.changes = changes;
        this.contracts = contracts;
        this.audit = audit;
        this.own = own;
        this.homes = homes;
    }

    /// Registers under `subjects/{subject}/versions`.
    SchemaAnswer register(SchemaOrder order, Principal caller, String token) {
        String subject = order.step(1);
        JsonNode body = SchemaBodies.object(order.body());
        SchemaSource sent = SchemaBodies.source(body);
        requireNoId(subject, body);
        if (!isHere(subject)) {
            // What is there already is answered from here, whether its home can be reached or not.
            Optional<Version> known = known(caller, subject, order, sent);
            return known.isPresent()
                    ? SchemaAnswer.of(registered(known.get()))
                    : registeredAtHome(subject, order, token);
        }
        ParsedSchema schema = lookups.parse(caller, sent);
        SchemaSource source = canonical(sent, schema, order.flag("normalize"));
        contracts.requireFit(subject, schema);
        Version version = changes.register(caller, subject, source, schema);
        return done(order, caller, "schema.register", subject, registered(version));
    }

    /// Whoever brings schemas with their ids from another registry would get others unseen.
    private static void requireNoId(String subject, JsonNode body) {
        if (body.path("id").asInt(-1) >= 0) {
            throw SchemaFaults.of(
                    ProblemCode.SCHEMA_VIOLATION,
                    42205,
                    "Subject '"
                            + subject
                            + "' is not in import mode, and cannot be: ids are given by regions."
                            + " Leave out the id");
        }
    }

    private SchemaAnswer registeredAtHome(String subject, SchemaOrder order, String token) {
        SchemaAnswer answer = homes.ask(lookups.home(subject), order, token);
        int number = SchemaBodies.object(answer.json()).path("version").asInt(0);
        lookups.awaitCopy(() -> isActive(subject, number));
        return answer;
    }

    private boolean isActive(String subject, int number) {
        return lookups.versions(subject, false).stream()
                .anyMatch(version -> version.number() == number);
    }

    private Optional<Version> known(
            Principal caller, String subject, SchemaOrder order, SchemaSource sent) {
        try {
            return found(caller, subject, order, sent, false);
        } catch (Problem elsewhere) {
            return Optional.empty(); // its references may be known at home only, which will tell
        }
    }

    private static Map<String, Object> registered(Version version) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", version.id());
        json.putAll(SchemaBodies.version(version, Optional.empty()));
        return json;
    }

    /// Looks a schema up under `subjects/{subject}`.
    SchemaAnswer find(SchemaOrder order, Principal caller) {
        String subject = order.step(1);
        boolean isWithDeleted = order.flag("deleted");
        lookups.requireSubject(caller, subject, isWithDeleted);
        SchemaSource sent = SchemaBodies.source(SchemaBodies.object(order.body()));
        return SchemaAnswer.of(
                SchemaBodies.version(
                        found(caller, subject, order, sent, isWithDeleted)
                                .orElseThrow(() -> SchemaFaults.noSchema("in '" + subject + "'")),
                        Optional.empty()));
    }

    private Optional<Version> found(
            Principal caller,
            String subject,
            SchemaOrder order,
            SchemaSource sent,
            boolean isWithDeleted) {
        lookups.requireSubject(caller, subject, isWithDeleted);
        ParsedSchema schema = lookups.parse(caller, sent);
        String digest = SchemaLookups.digest(canonical(sent, schema, false));
        String normalized = SchemaLookups.digest(canonical(sent, schema, true));
        return lookups.versions(subject, isWithDeleted).stream()
                .filter(version ->
                        version.digest().equals(digest)
                                || (order.flag("normalize") && version.digest().equals(normalized)))
                .reduce((_, later) -> later);
    }

    private static SchemaSource canonical(
            SchemaSource sent, ParsedSchema schema, boolean isNormalized) {
        return new SchemaSource(
                sent.language(),
                isNormalized ? schema.normalizedText() : schema.text(),
                sent.references());
    }

    SchemaAnswer deleteSubject(SchemaOrder order, Principal caller, String token) {
        String subject = order.step(1);
        if (!isHere(subject)) {
            lookups.requireSubject(caller, subject, true);
            return atHome(
                    subject,
                    order,
                    token,
                    () -> lookups.versions(subject, order.flag("permanent")).isEmpty());
        }
        contracts.requireFree(subject);
        List<Integer> numbers = changes.delete(caller, subject, order.flag("permanent"));
        return done(order, caller, "schema.delete", subject, numbers);
    }

    SchemaAnswer deleteVersion(SchemaOrder order, Principal caller, String token) {
        String subject = order.step(1);
        if (!isHere(subject)) {
            lookups.requireSubject(caller, subject, true);
            String gone = order.step(3);
            return atHome(
                    subject,
                    order,
                    token,
                    () ->
                            lookups.versions(subject, order.flag("permanent")).stream()
                                    .noneMatch(
                                            each -> Integer.toString(each.number()).equals(gone)));
        }
        contracts.requireFree(subject);
        int number = changes.delete(caller, subject, order.step(3), order.flag("permanent"));
        return done(order, caller, "schema.delete", subject, number);
    }

    /// Whether a schema could be registered: against one version, or all that count.
    SchemaAnswer check(SchemaOrder order, Principal caller) {
        String subject = order.step(2);
        SchemaSource sent = SchemaBodies.source(SchemaBodies.object(order.body()));
        ParsedSchema schema = lookups.parse(caller, sent);
        boolean isOne = order.path().size() == 5;
        List<Version> versions;
        if (isOne) {
            versions = one(caller, subject, order.step(4));
        } else {
            boolean isThere = !lookups.versions(subject, false).isEmpty();
            if (isThere) {
                lookups.requireSubject(caller, subject, false);
            }
            versions = lookups.versions(subject, false);
        }
        List<String> breaks =
                lookups.effectiveLevel(subject).breaks(schema, lookups.earlier(versions));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("is_compatible", breaks.isEmpty());
        if (order.flag("verbose")) {
            answer.put("messages", breaks);
        }
        return SchemaAnswer.of(answer);
    }

    /// The first version of a subject may follow none: the latest of those is nothing to break.
    private List<Version> one(Principal caller, String subject, String version) {
        boolean isLatest = version.equals("latest") || version.equals("-1");
        return isLatest && !lookups.isThere(caller, subject)
                ? List.of()
                : List.of(lookups.version(caller, subject, version, false));
    }

    /// `config` or `config/{subject}`, read.
    SchemaAnswer level(SchemaOrder order, Principal caller) {
        if (order.path().size() == 1) {
            return SchemaAnswer.of(Map.of("compatibilityLevel", lookups.regionLevel(own).name()));
        }
        String subject = order.step(1);
        requireReadable(caller, subject);
        Optional<CompatibilityLevel> level =
                order.flag("defaultToGlobal")
                        ? Optional.of(lookups.effectiveLevel(subject))
                        : lookups.level(subject);
        return SchemaAnswer.of(
                Map.of(
                        "compatibilityLevel",
                        level.orElseThrow(() ->
                                        SchemaFaults.of(
                                                ProblemCode.NOT_FOUND,
                                                40408,
                                                "Subject '"
                                                        + subject
                                                        + "' does not have subject-level"
                                                        + " compatibility configured"))
                                .name()));
    }

    /// `config` or `config/{subject}`, set.
    SchemaAnswer setLevel(SchemaOrder order, Principal caller, String token) {
        JsonNode body = SchemaBodies.object(order.body());
        String text =
                body.path("compatibility").asString(body.path("compatibilityLevel").asString(""));
        CompatibilityLevel level =
                CompatibilityLevel.named(text)
                        .orElseThrow(() ->
                                SchemaFaults.of(
                                        ProblemCode.SCHEMA_VIOLATION,
                                        42203,
                                        "Invalid compatibility level '"
                                                + text
                                                + "'. Valid values are NONE, BACKWARD, FORWARD,"
                                                + " FULL, BACKWARD_TRANSITIVE, FORWARD_TRANSITIVE"
                                                + " and FULL_TRANSITIVE"));
        Map<String, Object> answer = Map.of("compatibility", level.name());
        if (order.path().size() == 1) {
            changes.regionLevel(caller, Optional.of(level));
            return done(order, caller, "schema.configure", "*", answer);
        }
        String subject = order.step(1);
        if (!isHere(subject)) {
            return atHome(
                    subject, order, token, () -> lookups.level(subject).equals(Optional.of(level)));
        }
        changes.level(caller, subject, Optional.of(level));
        return done(order, caller, "schema.configure", subject, answer);
    }

    SchemaAnswer dropLevel(SchemaOrder order, Principal caller, String token) {
        if (order.path().size() == 1) {
            CompatibilityLevel before = lookups.regionLevel(own);
            changes.regionLevel(caller, Optional.empty());
            return done(
                    order,
                    caller,
                    "schema.configure",
                    "*",
                    Map.of("compatibilityLevel", before.name()));
        }
        String subject = order.step(1);
        if (!isHere(subject)) {
            return atHome(subject, order, token, () -> lookups.level(subject).isEmpty());
        }
        CompatibilityLevel before = changes.level(caller, subject, Optional.empty());
        return done(
                order,
                caller,
                "schema.configure",
                subject,
                Map.of("compatibilityLevel", before.name()));
    }

    SchemaAnswer mode(SchemaOrder order, Principal caller) {
        if (order.path().size() == 1) {
            return SchemaAnswer.of(Map.of("mode", lookups.regionMode(own).name()));
        }
        String subject = order.step(1);
        requireReadable(caller, subject);
        Optional<SubjectMode> mode = lookups.mode(subject);
        if (mode.isEmpty() && order.flag("defaultToGlobal")) {
            mode = Optional.of(lookups.regionMode(lookups.home(subject)));
        }
        return SchemaAnswer.of(
                Map.of(
                        "mode",
                        mode.orElseThrow(() ->
                                        SchemaFaults.of(
                                                ProblemCode.NOT_FOUND,
                                                40409,
                                                "Subject '"
                                                        + subject
                                                        + "' does not have subject-level mode"
                                                        + " configured"))
                                .name()));
    }

    SchemaAnswer setMode(SchemaOrder order, Principal caller, String token) {
        String text = SchemaBodies.object(order.body()).path("mode").asString("");
        SubjectMode mode =
                SubjectMode.named(text)
                        .orElseThrow(() ->
                                SchemaFaults.of(
                                        ProblemCode.SCHEMA_VIOLATION,
                                        42204,
                                        "Invalid mode '"
                                                + text
                                                + "'. Valid values are READWRITE and READONLY; ids"
                                                + " are given by regions, so that there is no"
                                                + " IMPORT"));
        if (order.path().size() == 1) {
            changes.regionMode(caller, Optional.of(mode));
            return done(order, caller, "schema.configure", "*", Map.of("mode", mode.name()));
        }
        String subject = order.step(1);
        if (!isHere(subject)) {
            return atHome(
                    subject, order, token, () -> lookups.mode(subject).equals(Optional.of(mode)));
        }
        changes.mode(caller, subject, Optional.of(mode));
        return done(order, caller, "schema.configure", subject, Map.of("mode", mode.name()));
    }

    SchemaAnswer dropMode(SchemaOrder order, Principal caller, String token) {
        if (order.path().size() == 1) {
            SubjectMode before = lookups.regionMode(own);
            changes.regionMode(caller, Optional.empty());
            return done(order, caller, "schema.configure", "*", Map.of("mode", before.name()));
        }
        String subject = order.step(1);
        if (!isHere(subject)) {
            return atHome(subject, order, token, () -> lookups.mode(subject).isEmpty());
        }
        SubjectMode before = changes.mode(caller, subject, Optional.empty());
        return done(order, caller, "schema.configure", subject, Map.of("mode", before.name()));
    }

    /// Asks the home, and waits a moment until what it did is known here.
    private SchemaAnswer atHome(
            String subject, SchemaOrder order, String token, BooleanSupplier isKnown) {
        SchemaAnswer answer = homes.ask(lookups.home(subject), order, token);
        lookups.awaitCopy(isKnown);
        return answer;
    }

    private void requireReadable(Principal caller, String subject) {
        if (!lookups.versions(subject, true).isEmpty()) {
            lookups.requireSubject(caller, subject, true);
        }
    }

    private boolean isHere(String subject) {
        return lookups.home(subject).equals(own);
    }

    private SchemaAnswer done(
            SchemaOrder order, Principal caller, String action, String subject, Object value) {
        audit.record(
                order.requestId(),
                caller,
                action,
                "schema/" + subject,
                Audit.Outcome.DONE,
                Map.of("path", String.join("/", order.path())));
        return SchemaAnswer.of(value).changing(subject);
    }
}
