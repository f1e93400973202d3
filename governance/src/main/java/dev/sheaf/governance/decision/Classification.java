package dev.sheaf.governance.decision;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How classifications compare: which of several is the strictest, and what is left of one in a
/// value that is computed from it. The words are those of the standard pack; another word counts as
/// stricter than all of them, for nobody knows what it protects.
public final class Classification {
    private static final Map<String, Integer> OPEN =
            Map.of("", 0, "public", 1, "internal", 2, "confidential", 3);

    /// Personal data of which the pack's masks show a part.
    private static final Set<String> SHOWN_IN_PART =
            Set.of(
                    "pii",
                    "personal",
                    "email",
                    "name",
                    "phone",
                    "card",
                    "iban",
                    "national_id",
                    "date_of_birth",
                    "ip");

    /// Personal data of which they show nothing.
    private static final Set<String> NOT_SHOWN = Set.of("address", "health", "sensitive");

    private static final Set<String> SECRET = Set.of("secret", "restricted");
    private static final String PERSONAL = "pii";

    private Classification() {}

    /// Of a value that is computed from values of these classifications: the strictest; of kinds of
    /// personal data not the kind, as masks of one kind may show what is personal in another form.
    ///
    /// @param sources as written
    /// @return empty when none says anything
    public static Optional<String> ofComputed(Collection<String> sources) {
        return strictest(sources).map(word -> SHOWN_IN_PART.contains(word) ? PERSONAL : word);
    }

    /// Of a value that is one of several of these classifications as it is: the strictest; kinds of
    /// personal data that are treated alike together are personal.
    ///
    /// @return in lower case; empty when none says anything
    public static Optional<String> strictest(Collection<String> sources) {
        List<String> words =
                sources.stream()
                        .map(word -> word.strip().toLowerCase(Locale.ROOT))
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .sorted(
                                Comparator.comparingInt(Classification::rank)
                                        .reversed()
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        if (words.isEmpty()) {
            return Optional.empty();
        }
        boolean isMixed =
                words.size() > 1
                        && SHOWN_IN_PART.contains(words.get(0))
                        && SHOWN_IN_PART.contains(words.get(1));
        return Optional.of(isMixed ? PERSONAL : words.getFirst());
    }

    private static int rank(String word) {
        Integer open = OPEN.get(word);
        if (open != null) {
            return open;
        }
        if (SHOWN_IN_PART.contains(word)) {
            return 4;
        }
        return NOT_SHOWN.contains(word) ? 5 : SECRET.contains(word) ? 6 : 7;
    }
}
