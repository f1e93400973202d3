package dev.sheaf.rego.builtin;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// Whether two simple expressions have a text in common that is not empty. They are made of
/// characters, `.`, classes as `[a-z]`, `\` before a character that stands for itself, and `+` or
/// `*` behind one of these.
///
/// Both are walked at once, pair of places by pair of places; each pair is visited once.
///
/// Source: the documentation of the Go library glob-intersection, which OPA uses, and its error
/// texts.
final class GlobIntersection {
    private static final int CLASS_SIZE_MAX = 0x110000;

    private GlobIntersection() {}

    /// @throws BuiltinFault when one is no such expression
    static boolean isThere(String left, String right, Surroundings world) {
        List<Step> one = new Parsing(left, world).run();
        List<Step> other = new Parsing(right, world).run();
        return one.isEmpty() && other.isEmpty() || new Walk(one, other, world).reachesEnds();
    }

    /// @param characters null for any character
    /// @param isOptional it may be missing
    /// @param isRepeated it may come several times
    private record Step(@Nullable BitSet characters, boolean isOptional, boolean isRepeated) {
        boolean meets(Step other) {
            return characters == null
                    || other.characters == null
                    || characters.intersects(other.characters);
        }
    }

    /// A search through pairs of places, breadth first. A place is before the step of its number.
    private static final class Walk {
        private final List<Step> left;
        private final List<Step> right;
        private final Surroundings world;
        private final BitSet seen = new BitSet();
        private final Deque<Integer> open = new ArrayDeque<>();

        Walk(List<Step> left, List<Step> right, Surroundings world) {
            this.left = left;
            this.right = right;
            this.world = world;
            world.work(1L + (long) left.size() * right.size() / 64);
            if ((left.size() + 1L) * (right.size() + 1L) > Integer.MAX_VALUE / 4) {
                throw BuiltinFault.of("the expressions are too long to be compared");
            }
        }

        /// Pairs count once more when a character was read before them: the text must not be empty.
        private int number(int i, int j, boolean hasRead) {
            return (i * (right.size() + 1) + j) * 2 + (hasRead ? 1 : 0);
        }

        private void visit(int i, int j, boolean hasRead) {
            int number = number(i, j, hasRead);
            if (!seen.get(number)) {
                seen.set(number);
                open.add(number);
            }
        }

        boolean reachesEnds() {
            int end = number(left.size(), right.size(), true);
            visit(0, 0, false);
            while (!open.isEmpty() && !seen.get(end)) {
                int number = open.remove();
                int pair = number / 2;
                world.work(1);
                visitAfter(pair / (right.size() + 1), pair % (right.size() + 1), number % 2 == 1);
            }
            return seen.get(end);
        }

        private void visitAfter(int i, int j, boolean hasRead) {
            boolean hasLeft = i < left.size();
            boolean hasRight = j < right.size();
            if (hasLeft && left.get(i).isOptional) {
                visit(i + 1, j, hasRead);
            }
            if (hasRight && right.get(j).isOptional) {
                visit(i, j + 1, hasRead);
            }
            if (hasLeft && hasRight && left.get(i).meets(right.get(j))) {
                boolean mayStayLeft = left.get(i).isRepeated;
                boolean mayStayRight = right.get(j).isRepeated;
                visit(i + 1, j + 1, true);
                if (mayStayLeft) {
                    visit(i, j + 1, true);
                }
                if (mayStayRight) {
                    visit(i + 1, j, true);
                }
                if (mayStayLeft && mayStayRight) {
                    visit(i, j, true);
                }
            }
        }
    }

    /// Reads an expression from left to right.
    private static final class Parsing {
        private final String text;
        private final int[] characters;
        private final Surroundings world;
        private int at;

        Parsing(String text, Surroundings world) {
            this.text = text;
            this.characters = text.codePoints().toArray();
            this.world = world;
            world.work(1 + characters.length / 8);
        }

        List<Step> run() {
            List<Step> steps = new ArrayList<>();
            while (at < characters.length) {
                BitSet set = characters();
                int flag = at < characters.length ? characters[at] : 0;
                boolean isStar = flag == '*';
                boolean isRepeated = isStar || flag == '+';
                at += isRepeated ? 1 : 0;
                // One that must be there and may come again is two: once, and any number of times.
                if (isRepeated && !isStar) {
                    steps.add(new Step(set, false, false));
                }
                steps.add(new Step(set, isRepeated, isRepeated));
            }
            return steps;
        }

        private @Nullable BitSet characters() {
            int c = characters[at];
            if (c == '\\') {
                return only(escaped());
            }
            at++;
            return switch (c) {
                case '.' -> null;
                case '[' -> set();
                case ']' -> throw wrong("set-close ']' with no preceding '['");
                case '+', '*' ->
                        throw wrong("flag '%c' must be preceded by a non-flag".formatted((char) c));
                default -> only(c);
            };
        }

        private static BitSet only(int character) {
            BitSet set = new BitSet();
            set.set(character);
            return set;
        }

        private int escaped() {
            if (at + 1 >= characters.length) {
                throw wrong("input ends with a \\ (escape) character");
            }
            at += 2;
            return characters[at - 1];
        }

        private BitSet set() {
            BitSet set = new BitSet();
            int previous = -1;
            while (at < characters.length) {
                int c = characters[at];
                if (c == '\\') {
                    previous = escaped();
                    set.set(previous);
                } else if (c == ']') {
                    at++;
                    return set;
                } else if (c == '-') {
                    at++;
                    range(set, previous);
                    previous = -1;
                } else {
                    at++;
                    previous = c;
                    set.set(c);
                }
            }
            throw wrong("found [ without matching ]");
        }

        private void range(BitSet set, int low) {
            if (low < 0) {
                throw wrong("range character '-' must be preceded by a Unicode character");
            }
            if (at >= characters.length - 1) {
                throw wrong("range character '-' must be followed by a Unicode character");
            }
            int high = characters[at];
            if (high == '\\') {
                high = escaped();
            } else {
                at++;
                if (high == ']' || high == '-') {
                    throw wrong("range character '-' cannot be followed by a special symbol");
                }
            }
            if (high < low) {
                throw wrong(
                        "range is out of order: '%s' comes before '%s' in Unicode"
                                .formatted(Character.toString(high), Character.toString(low)));
            }
            world.work(1 + (high - low) / 64);
            set.set(low, Math.min(high + 1, CLASS_SIZE_MAX));
        }

        private BuiltinFault wrong(String what) {
            return BuiltinFault.of(
                    "input:%s, pos:%d, %s: the input provided is invalid", text, at, what);
        }
    }
}
