package dev.sheaf.context.resolve;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.json.CanonicalText;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.NearMiss;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Chooses what a place shows while it holds concurrent values. Deterministic, and independent of
/// the order in which the siblings are given and of how often one is given. Siblings of a JSON type
/// that a resolver is not about count only where all are, and then the last writer wins. Stateless;
/// for any thread. Source: `spec/context.md`, section 3.2.
public sealed interface Resolver {
    /// The names a type may declare; `QUEUE` is a name, `REGION` is `cloud/location`.
    List<String> NAMES =
            List.of(
                    "lww",
                    "first",
                    "max",
                    "min",
                    "union",
                    "longest",
                    "escalate:QUEUE",
                    "prefer:REGION");

    /// @param siblings at least one
    Choice choose(Collection<Sibling> siblings, ActorTable actors);

    /// As it is declared.
    String name();

    /// Reads a declared name.
    ///
    /// @throws Problem INVALID_VALUE when there is no such resolver
    static Resolver parse(String name) {
        int colon = name.indexOf(':');
        String argument = name.substring(colon + 1);
        return switch (colon < 0 ? name : name.substring(0, colon + 1)) {
            case "lww" -> new LastWriter();
            case "first" -> new First();
            case "max" -> new Greatest();
            case "min" -> new Least();
            case "union" -> new Union();
            case "longest" -> new Longest();
            case "escalate:" -> new Escalate(argument);
            case "prefer:" -> new Prefer(RegionName.parse(argument));
            default ->
                    throw new Problem(
                            ProblemCode.INVALID_VALUE,
                            "'"
                                    + JsonValues.shown(name)
                                    + "' is no resolver; allowed: "
                                    + String.join(", ", NAMES)
                                    + NearMiss.hint(name, NAMES));
        };
    }

    /// The write of highest rank: hybrid clock, then the actor's name.
    record LastWriter() implements Resolver {
        @Override
        public Choice choose(Collection<Sibling> siblings, ActorTable actors) {
            return shown(new Rank(actors).highest(siblings));
        }

        @Override
        public String name() {
            return "lww";
        }
    }

    /// The write of lowest rank.
    record First() implements Resolver {
        @Override
        public Choice choose(Collection<Sibling> siblings, ActorTable actors) {
            return shown(best(siblings, new Rank(actors).reversed()));
        }

        @Override
        public String name() {
            return "first";
        }
    }

    /// The greatest number.
    record Greatest() implements Resolver {
        @Override
        public Choice choose(Collection<Sibling> siblings, ActorTable actors) {
            Comparator<Sibling> byNumber =
                    (left, right) -> JsonValues.compareNumbers(left.value(), right.value());
            return among(siblings, Resolver::isNumber, byNumber, new Rank(actors));
        }

        @Override
        public String name() {
            return "max";
        }
    }

    /// The least number.
    record Least() implements Resolver {
        @Override
        public Choice choose(Collection<Sibling> siblings, ActorTable actors) {
            Comparator<Sibling> byNumber =
                    (left, right) -> JsonValues.compareNumbers(right.value(), left.value());
            return among(siblings, Resolver::isNumber, byNumber, new Rank(actors));
        }

        @Override
        public String name() {
            return "min";
        }
    }

    /// The longest string (in Unicode code points) or array (in elements).
    record Longest() implements Resolver {
        @Override
        public Choice choose(Collection<Sibling> siblings, ActorTable actors) {
            Comparator<Sibling> byLength =
                    Comparator.comparingInt(sibling -> length(sibling.value()));
            return among(siblings, value -> length(value) >= 0, byLength, new Rank(actors));
        }

        private static int length(JsonNode value) {
            if (value.isString()) {
                String text = value.stringValue();
                return text.codePointCount(0, text.length());
            }
            return value.isArray() ? value.size() : -1;
        }

        @Override
        public String name() {
            return "longest";
        }
    }

    /// Of arrays that are written as a whole: the distinct elements of all of them, in the order of
    /// their canonical texts. An array without rivals is shown as it is.
    record Union() implements Resolver {
        @Override
        public Choice choose(Collection<Sibling> siblings, ActorTable actors) {
            List<Sibling> arrays = fitting(siblings, JsonNode::isArray);
            if (arrays.isEmpty()) {
                return new LastWriter().choose(siblings, actors);
            }
            Sibling highest = new Rank(actors).highest(arrays);
            boolean alone =
                    arrays.stream()
                            .allMatch(array -> JsonValues.equal(array.value(), highest.value()));
            return alone ? shown(highest) : new Choice(highest, union(arrays), Optional.empty());
        }

        private static ArrayNode union(List<Sibling> arrays) {
            TreeMap<String, JsonNode> elements = new TreeMap<>();
            for (Sibling array : arrays) {
                for (JsonNode element : array.value()) {
                    elements.merge(CanonicalText.of(element), element, Union::sameNotation);
                }
            }
            return JsonNodeFactory.instance.arrayNode().addAll(elements.values());
        }

        /// Of `1` and `1.0` one is shown, the same everywhere.
        private static JsonNode sameNotation(JsonNode left, JsonNode right) {
            return left.toString().compareTo(right.toString()) <= 0 ? left : right;
        }

        @Override
        public String name() {
            return "union";
        }
    }

    /// Shows what the last writer wrote and asks somebody: while values differ, the conflict is to
    /// be put on a queue.
    record Escalate(String queue) implements Resolver {
        private static final Pattern QUEUE = Pattern.compile("[a-z][a-z0-9.-]{0,99}");

        public Escalate {
            if (!QUEUE.matcher(queue).matches()) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "'"
                                + JsonValues.shown(queue)
                                + "' is not the name of a queue: write escalate: and up to 100"
                                + " lower-case letters, digits, dots and hyphens, as in"
                                + " escalate:support-review");
            }
        }

        @Override
        public Choice choose(Collection<Sibling> siblings, ActorTable actors) {
            Choice last = new LastWriter().choose(siblings, actors);
            boolean agreed =
                    siblings.stream()
                            .allMatch(sibling -> JsonValues.equal(sibling.value(), last.value()));
            return agreed ? last : new Choice(last.winner(), last.value(), Optional.of(queue));
        }

        @Override
        public String name() {
            return "escalate:" + queue;
        }
    }

    /// What this region wrote last; where it is not among the writers, the last writer.
    record Prefer(RegionName region) implements Resolver {
        @Override
        public Choice choose(Collection<Sibling> siblings, ActorTable actors) {
            List<Sibling> preferred =
                    siblings.stream().filter(sibling -> isFrom(sibling, actors)).toList();
            return shown(new Rank(actors).highest(preferred.isEmpty() ? siblings : preferred));
        }

        private boolean isFrom(Sibling sibling, ActorTable actors) {
            return sibling.dot() != Dot.STABLE
                    && actors.actor(Dot.actor(sibling.dot())).region().equals(region);
        }

        @Override
        public String name() {
            return "prefer:" + region;
        }
    }

    private static boolean isNumber(JsonNode value) {
        return value.isNumber() && JsonValues.isFinite(value);
    }

    private static Choice shown(Sibling sibling) {
        return new Choice(sibling, sibling.value(), Optional.empty());
    }

    private static Choice among(
            Collection<Sibling> siblings,
            Predicate<JsonNode> fits,
            Comparator<Sibling> order,
            Rank rank) {
        List<Sibling> fitting = fitting(siblings, fits);
        return fitting.isEmpty()
                ? shown(rank.highest(siblings))
                : shown(best(fitting, order.thenComparing(rank)));
    }

    private static List<Sibling> fitting(Collection<Sibling> siblings, Predicate<JsonNode> fits) {
        List<Sibling> fitting = new ArrayList<>();
        for (Sibling sibling : siblings) {
            if (fits.test(sibling.value())) {
                fitting.add(sibling);
            }
        }
        return fitting;
    }

    private static Sibling best(Collection<Sibling> siblings, Comparator<Sibling> order) {
        return siblings.stream()
                .max(order)
                .orElseThrow(() -> new IllegalArgumentException("no siblings to choose from"));
    }
}
