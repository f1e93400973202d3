package dev.sheaf.governance.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds personal data in free text. Pure; for any thread.
public final class TextScanner {
    /// Less sure findings are not told.
    public static final double SCORE_MIN = 0.5;

    private static final List<SpanFinder> FINDERS =
            List.of(
                    new OnlineFinder(),
                    new NumberFinder(),
                    new PhoneFinder(),
                    new BirthFinder(),
                    new PersonFinder(),
                    new AddressFinder());
    private static final int PART_CHARACTERS = 1 << 16;
    private static final int OVERLAP_CHARACTERS = 512;

    private TextScanner() {}

    /// In the order of the text, without overlaps: of two that overlap, the surer one stays, then
    /// the longer.
    public static List<PersonalDataSpan> scan(String text) {
        List<PersonalDataSpan> candidates = new ArrayList<>();
        for (int start = 0; start < text.length(); start += PART_CHARACTERS) {
            int from = Math.max(0, start - OVERLAP_CHARACTERS);
            int end = Math.min(text.length(), start + PART_CHARACTERS);
            String part = text.substring(from, end);
            for (SpanFinder finder : FINDERS) {
                finder.find(
                        part,
                        span -> {
                            if (span.score() >= SCORE_MIN) {
                                candidates.add(
                                        new PersonalDataSpan(
                                                span.type(),
                                                span.start() + from,
                                                span.end() + from,
                                                span.score()));
                            }
                        });
            }
        }
        candidates.sort(
                Comparator.comparingDouble(PersonalDataSpan::score)
                        .reversed()
                        .thenComparing(span -> span.start() - span.end())
                        .thenComparing(PersonalDataSpan::start)
                        .thenComparing(PersonalDataSpan::type));
        return withoutOverlaps(candidates, text.length());
    }

    private static List<PersonalDataSpan> withoutOverlaps(List<PersonalDataSpan> best, int length) {
        java.util.BitSet taken = new java.util.BitSet(length);
        List<PersonalDataSpan> kept = new ArrayList<>();
        for (PersonalDataSpan span : best) {
            int next = taken.nextSetBit(span.start());
            if (next < 0 || next >= span.end()) {
                taken.set(span.start(), span.end());
                kept.add(span);
            }
        }
        kept.sort(Comparator.comparingInt(PersonalDataSpan::start));
        return kept;
    }
}
