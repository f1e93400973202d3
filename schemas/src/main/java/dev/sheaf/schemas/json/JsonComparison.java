package dev.sheaf.schemas.json;

import dev.sheaf.schemas.Incompatibility;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether a reader's schema allows everything that a writer's schema allows.
///
/// What was written is taken apart into kinds of values ([Alternatives]); each keyword of the
/// reader is then held against each kind. The answer errs towards "no": a yes is a proof, but for
/// `oneOf`, whose branches are taken to exclude each other when the writer has chosen one too.
/// Recursive schemas are compared by assuming what is being proved. One use, one thread.
public final class JsonComparison {
    private static final int STEPS_MAX = 200_000;

    /// A question that was asked, or is being asked.
    private record Question(Place reader, Set<Place> written) {}

    private final Map<Question, Boolean> asked = new HashMap<>();
    private final List<Question> order = new ArrayList<>();
    private final Scalars scalars = new Scalars();
    private final Containers containers = new Containers(this);
    private int steps;

    private JsonComparison() {}

    /// Where the reader does not allow what the writer may write; empty when it allows all.
    public static List<Incompatibility> between(JsonSchema reader, JsonSchema writer) {
        if (reader.isSelfContained()
                && writer.isSelfContained()
                && reader.normalizedText().equals(writer.normalizedText())) {
            return List.of();
        }
        Findings findings = new Findings();
        new JsonComparison().covers(reader.root(), List.of(writer.root()), "#", findings);
        return findings.list();
    }

    /// @param written schemas that all hold of what was written
    boolean covers(Place reader, List<Place> written, String path, Findings findings) {
        if (reader.isTrue() || written.contains(reader)) {
            return true;
        }
        if (++steps > STEPS_MAX) {
            return findings.add(
                    path, "TOO_LARGE", "the schemas are too large, or too entangled, to compare");
        }
        Question question = new Question(reader, new LinkedHashSet<>(written));
        Boolean known = asked.get(question);
        if (known != null) {
            return known || findings.add(path, "SAME_AS_ELSEWHERE", "differs as it does elsewhere");
        }
        asked.put(question, true);
        int mark = order.size();
        order.add(question);
        boolean isCovered = compare(reader, written, path, findings);
        if (!isCovered) {
            // What was found true while this was assumed may not be.
            order.subList(mark, order.size()).stream()
                    .filter(each -> asked.getOrDefault(each, false))
                    .toList()
                    .forEach(asked::remove);
            order.subList(mark, order.size()).clear();
            asked.put(question, false);
        }
        return isCovered;
    }

    private boolean compare(Place reader, List<Place> written, String path, Findings findings) {
        Optional<List<Alternative>> alternatives = Alternatives.of(written);
        if (alternatives.isEmpty()) {
            return findings.add(
                    path, "TOO_LARGE", "the writer's schema has too many alternatives to compare");
        }
        if (alternatives.get().isEmpty() && contradicts(reader, written)) {
            return findings.add(
                    path,
                    "CONTRADICTION",
                    "the writer's schema contradicts itself: its values are not of its type");
        }
        boolean isCovered = true;
        for (Alternative alternative : alternatives.get()) {
            if (!isEmpty(alternative)) {
                isCovered &= covers(reader, alternative, path, findings);
            }
        }
        return isCovered;
    }

    /// Two constants that are not of their own type allow nothing, by mistake; what was meant is
    /// told by their values.
    private static boolean contradicts(Place reader, List<Place> written) {
        Place only = written.getFirst();
        return written.size() == 1
                && only.has("const")
                && reader.has("const")
                && !Keywords.values(only).equals(Keywords.values(reader));
    }

    /// One kind of what was written.
    boolean covers(Place reader, Alternative written, String path, Findings findings) {
        if (reader.isTrue() || written.all().contains(reader)) {
            return true;
        }
        if (reader.isFalse()) {
            return findings.add(
                    path,
                    "NOTHING_ALLOWED",
                    "the reader allows nothing here, and "
                            + written.type().word()
                            + " may be written");
        }
        if (++steps > STEPS_MAX) {
            return findings.add(
                    path, "TOO_LARGE", "the schemas are too large, or too entangled, to compare");
        }
        boolean isCovered =
                !reader.isReference() || covers(reader.target(), written.all(), path, findings);
        if (reader.isNothingButReference()) {
            return isCovered;
        }
        Optional<JsonNode> value = written.value();
        if (value.isPresent()) {
            return isCovered
                    && (Values.allows(reader, value.get())
                            || findings.add(
                                    path,
                                    "VALUE_NOT_ALLOWED",
                                    "the value "
                                            + value.get()
                                            + " may be written, and the reader does not allow it"));
        }
        if (!Keywords.types(reader).contains(written.type()) && !isWhole(reader, written)) {
            return findings.add(
                    path,
                    "TYPE_NOT_ALLOWED",
                    written.type().word()
                            + " may be written, and the reader allows only "
                            + reader.get("type"));
        }
        if (Keywords.values(reader).isPresent()) {
            return findings.add(
                    path,
                    "VALUE_NOT_ALLOWED",
                    "any "
                            + written.type().word()
                            + " may be written, and the reader allows only the values "
                            + Keywords.values(reader).get());
        }
        isCovered &=
                switch (written.type()) {
                    case NULL, BOOLEAN -> true;
                    case INTEGER, FRACTION -> scalars.number(reader, written, path, findings);
                    case STRING -> scalars.string(reader, written, path, findings);
                    case ARRAY -> containers.array(reader, written, path, findings);
                    case OBJECT -> containers.object(reader, written, path, findings);
                };
        return isCovered & combinations(reader, written, path, findings);
    }

    /// Whether numbers that need not be whole by their type are so by another keyword.
    private static boolean isWhole(Place reader, Alternative written) {
        return written.type() == JsonType.FRACTION
                && Keywords.types(reader).contains(JsonType.INTEGER)
                && written.all().stream()
                        .map(place -> Keywords.number(place, "multipleOf"))
                        .flatMap(Optional::stream)
                        .anyMatch(step -> step.signum() > 0 && Numbers.isWhole(step));
    }

    private boolean combinations(
            Place reader, Alternative written, String path, Findings findings) {
        boolean isCovered = true;
        for (Place each : Keywords.all(reader, "allOf")) {
            isCovered &= covers(each, written, path, findings);
        }
        if (reader.has("anyOf")) {
            isCovered &= any(Keywords.all(reader, "anyOf"), written, path, findings).isPresent();
        }
        if (reader.has("oneOf")) {
            isCovered &= one(Keywords.all(reader, "oneOf"), written, path, findings);
        }
        if (reader.has("not")) {
            isCovered &= not(Keywords.orTrue(reader, "not"), written, path, findings);
        }
        if (reader.has("if") && (reader.has("then") || reader.has("else"))) {
            isCovered &= conditional(reader, written, path, findings);
        }
        return isCovered;
    }

    /// The branch that allows all of it; else the nearest one's reasons are told.
    private Optional<Place> any(
            List<Place> branches, Alternative written, String path, Findings findings) {
        List<Findings> reasons = new ArrayList<>();
        for (Place branch : branches) {
            Findings of = new Findings();
            if (covers(branch, written, path, of)) {
                return Optional.of(branch);
            }
            reasons.add(of);
        }
        reasons.stream().min(Comparator.comparingInt(Findings::size)).ifPresent(findings::addAll);
        findings.add(
                path,
                "NO_BRANCH",
                "no branch of the reader allows each "
                        + written.type().word()
                        + " that may be written");
        return Optional.empty();
    }

    private boolean one(List<Place> branches, Alternative written, String path, Findings findings) {
        if (written.isChosen()
                && branches.stream()
                        .anyMatch(each -> covers(each, written.branch(), path, new Findings()))) {
            return true;
        }
        Optional<Place> branch = any(branches, written, path, findings);
        if (branch.isEmpty()) {
            return false;
        }
        for (Place other : branches) {
            if (!other.equals(branch.get()) && !Disjoint.are(other, written)) {
                return findings.add(
                        path,
                        "SEVERAL_BRANCHES",
                        "what may be written can be allowed by more than one branch of the"
                                + " reader's oneOf, and is then refused");
            }
        }
        return true;
    }

    private boolean not(Place excluded, Alternative written, String path, Findings findings) {
        if (Disjoint.are(excluded, written)) {
            return true;
        }
        for (Place other : written.excluded()) {
            if (covers(other, List.of(excluded), path, new Findings())) {
                return true;
            }
        }
        return findings.add(
                path, "EXCLUDED", "the reader's 'not' excludes some of what may be written");
    }

    private boolean conditional(Place reader, Alternative written, String path, Findings findings) {
        JsonNode condition = Sorted.of(reader.get("if"));
        Place then = Keywords.orTrue(reader, "then");
        Place otherwise = Keywords.orTrue(reader, "else");
        for (Alternative.Condition known : written.held()) {
            if (known.condition().equals(condition)) {
                return covers(known.isTrue() ? then : otherwise, written, path, findings);
            }
        }
        Place asked = Keywords.orTrue(reader, "if");
        if (covers(asked, written, path, new Findings())) {
            return covers(then, written, path, findings);
        }
        if (Disjoint.are(asked, written)) {
            return covers(otherwise, written, path, findings);
        }
        return covers(then, written.and(asked), path, findings)
                & covers(otherwise, written, path, findings);
    }

    /// Whether nothing is of this kind, as far as it is seen easily.
    private boolean isEmpty(Alternative written) {
        if (written.value().isEmpty() && Disjoint.isEmpty(written)) {
            return true;
        }
        for (Place excluded : written.excluded()) {
            if (covers(excluded, written, "", new Findings())) {
                return true;
            }
        }
        return false;
    }
}
