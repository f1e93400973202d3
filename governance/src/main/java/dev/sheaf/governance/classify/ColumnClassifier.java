package dev.sheaf.governance.classify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Proposes what personal data a column may hold, from its name and a sample of its values. Pure;
/// for any thread.
///
/// Of values it counts how many have the form and check digits of a type, and weighs that against
/// how many would by chance: a hundred eleven-digit numbers of which three pass a check say
/// nothing, three of three that pass a rarer one say much. A name alone is half an argument, and
/// less when the values speak against it.
public final class ColumnClassifier {
    /// Less sure proposals are not made.
    public static final double CONFIDENCE_MIN = 0.3;

    /// No more values are looked at.
    public static final int VALUES_MAX = 1000;

    private static final int VALUE_CHARACTERS_MAX = 2000;
    private static final int CONTRADICTION_VALUES_MIN = 5;
    private static final double NAME_ALONE = 0.5;
    private static final double NAME_CONTRADICTED = 0.2;
    private static final double CONFIDENCE_MAX = 0.99;
    private static final int TEXT_WORDS_MIN = 4;

    /// Texts that are looked into; it takes long.
    private static final int TEXTS_MAX = 120;

    private ColumnClassifier() {}

    /// @param columnName as in the table
    /// @param values a sample, as texts; blank ones count for nothing
    /// @return the surest first
    public static List<Proposal> classify(String columnName, Collection<String> values) {
        List<String> sample =
                values.stream()
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .limit(VALUES_MAX)
                        .map(value ->
                                value.length() > VALUE_CHARACTERS_MAX
                                        ? value.substring(0, VALUE_CHARACTERS_MAX)
                                        : value)
                        .toList();
        Map<PersonalDataType, ValueTally> tallies = ValueTally.of(sample);
        Set<PersonalDataType> hints = EnumSet.noneOf(PersonalDataType.class);
        hints.addAll(NameHints.of(columnName));
        List<Proposal> proposals = new ArrayList<>();
        for (PersonalDataType type : PersonalDataType.values()) {
            ValueTally tally = tallies.getOrDefault(type, ValueTally.NONE);
            Proposal proposal = propose(type, tally, sample.size(), hints.contains(type));
            if (proposal.confidence() >= CONFIDENCE_MIN) {
                proposals.add(proposal);
            }
        }
        addContained(sample, proposals);
        proposals.sort(
                Comparator.comparingDouble(Proposal::confidence)
                        .reversed()
                        .thenComparing(Proposal::type));
        return List.copyOf(proposals);
    }

    private static Proposal propose(
            PersonalDataType type, ValueTally tally, int total, boolean isHinted) {
        List<String> evidence = new ArrayList<>();
        double confidence = tally.confidence(total);
        if (tally.count() > 0 && confidence > 0) {
            evidence.add(tally.count() + " of " + total + " values look like " + type.label());
        }
        if (isHinted) {
            boolean isContradicted =
                    total >= CONTRADICTION_VALUES_MIN && tally.count() * 10 < total;
            evidence.add("the column's name says " + type.label());
            if (isContradicted) {
                evidence.add(
                        (total - tally.count()) + " of " + total + " values do not look like it");
            }
            double weight = isContradicted ? NAME_CONTRADICTED : NAME_ALONE;
            double supported = Math.max(confidence, tally.share(total) * 0.8);
            confidence = 1 - (1 - supported) * (1 - weight);
        }
        return new Proposal(type, Math.min(CONFIDENCE_MAX, confidence), evidence);
    }

    /// What stands within longer texts.
    private static void addContained(List<String> sample, List<Proposal> proposals) {
        long texts =
                sample.stream()
                        .filter(value -> value.split("\\s+").length >= TEXT_WORDS_MIN)
                        .count();
        if (texts * 2 < sample.size() || sample.isEmpty()) {
            return;
        }
        int step = (sample.size() + TEXTS_MAX - 1) / TEXTS_MAX;
        List<String> looked = new ArrayList<>();
        for (int i = 0; i < sample.size(); i += step) {
            looked.add(sample.get(i));
        }
        Map<PersonalDataType, Integer> counts = new EnumMap<>(PersonalDataType.class);
        for (String value : looked) {
            Set<PersonalDataType> seen = EnumSet.noneOf(PersonalDataType.class);
            TextScanner.scan(value).forEach(span -> seen.add(span.type()));
            seen.forEach(type -> counts.merge(type, 1, Integer::sum));
        }
        counts.forEach((type, count) -> {
            boolean isKnown = proposals.stream().anyMatch(proposal -> proposal.type() == type);
            double share = (double) count / looked.size();
            if (!isKnown && count >= 2 && share >= 0.02) {
                proposals.add(
                        new Proposal(
                                type,
                                Math.min(0.9, 0.4 + share),
                                List.of(
                                        count
                                                + " of "
                                                + looked.size()
                                                + " texts contain "
                                                + type.label())));
            }
        });
    }
}
