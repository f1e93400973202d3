package dev.sheaf.node.lineage;

import com.google.re2j.Pattern;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;

/// A filter of MLflow's searches: comparisons of a name, an attribute or a tag with a text, joined
/// by AND. What a thing does not have is unequal to every text.
final class MlflowFilter {
    /// What of a thing is compared: `name`, `run_id`, `source_path`, `version_number` or
    /// `tags.KEY`.
    @FunctionalInterface
    interface Thing {
        Optional<String> value(String of);
    }

    private record Comparison(String of, boolean isEqual, Pattern value) {
        boolean holds(Thing thing) {
            return thing.value(of).map(text -> value.matcher(text).matches()).orElse(false)
                    == isEqual;
        }
    }

    private static final java.util.regex.Pattern COMPARISON =
            java.util.regex.Pattern.compile(
                    "\\s*+(?:(?:attributes?\\.)?(name|run_id|source_path|version_number)"
                            + "|tags?\\.(?:`([^`]*+)`|\"([^\"]*+)\"|([\\w.-]++)))"
                            + "\\s*+(=|!=|(?i:i?like\\b))\\s*+"
                            + "(?:'([^']*+)'|\"([^\"]*+)\"|(\\d++))\\s*+((?i:and)\\b|$)");
    private static final int JOINED = 9;

    private final List<Comparison> comparisons;

    private MlflowFilter(List<Comparison> comparisons) {
        this.comparisons = List.copyOf(comparisons);
    }

    /// @throws Problem BAD_REQUEST, with what may be written
    static MlflowFilter parse(String text) {
        List<Comparison> comparisons = new ArrayList<>();
        Matcher matcher = COMPARISON.matcher(text);
        int at = 0;
        boolean isMore = !text.isBlank();
        while (isMore) {
            matcher.region(at, text.length());
            if (!matcher.lookingAt()) {
                throw new Problem(
                        ProblemCode.BAD_REQUEST,
                        "the filter is '"
                                + text
                                + "': write name = 'NAME', name LIKE 'PART%' or tags.KEY = 'VALUE'"
                                + " (also !=, ILIKE, run_id, source_path, version_number), joined"
                                + " by AND");
            }
            comparisons.add(comparison(matcher));
            at = matcher.end();
            isMore = !matcher.group(JOINED).isEmpty();
        }
        return new MlflowFilter(comparisons);
    }

    private static Comparison comparison(Matcher matcher) {
        String of =
                Optional.ofNullable(matcher.group(1))
                        .orElseGet(() -> "tags." + first(matcher, 2, 3, 4));
        String operator = matcher.group(5).toUpperCase(Locale.ROOT);
        String value = first(matcher, 6, 7, 8);
        return new Comparison(
                of,
                !operator.equals("!="),
                operator.endsWith("LIKE")
                        ? like(value, operator.equals("ILIKE"))
                        : Pattern.compile(Pattern.quote(value)));
    }

    private static String first(Matcher matcher, int... groups) {
        for (int group : groups) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        throw new IllegalStateException("one of the groups matches");
    }

    /// `%` is any text, `_` any character.
    private static Pattern like(String value, boolean isOfAnyCase) {
        StringBuilder pattern = new StringBuilder();
        value.codePoints()
                .forEach(point ->
                        pattern.append(
                                switch (point) {
                                    case '%' -> ".*";
                                    case '_' -> ".";
                                    default -> Pattern.quote(Character.toString(point));
                                }));
        return Pattern.compile(
                pattern.toString(), Pattern.DOTALL | (isOfAnyCase ? Pattern.CASE_INSENSITIVE : 0));
    }

    boolean holds(Thing thing) {
        return comparisons.stream().allMatch(each -> each.holds(thing));
    }
}
