package dev.sheaf.context;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.List;

/// What an event does to its document, resolved at its origin: places are named by keys and element
/// dots, never by indices, and the write's context (the event's [Event#context()]) says what the
/// writer had seen. Merging is specified case by case in `spec/context.md`.
public sealed interface Op {
    /// The place; empty is the whole document.
    List<Step> path();

    /// The place takes this value; what the writer had seen there goes. What it holds is merged
    /// inwards: members of an object and elements of an array become places of their own where the
    /// field's kind says so.
    ///
    /// @param firstDot the dot of the first list element in the value, in document order, an
    ///   element before what it holds; the others follow it. Without meaning when there is none.
    record Assign(List<Step> path, JsonNode value, long firstDot) implements Op {}

    /// What the writer had seen at the place and below goes; what is concurrent stays.
    record Remove(List<Step> path) implements Op {}

    /// Adds to a counter; negative to subtract.
    record Increment(List<Step> path, BigDecimal amount) implements Op {}

    /// Adds values to a set.
    record Include(List<Step> path, List<JsonNode> values) implements Op {}

    /// Takes values out of a set, as far as the writer had seen them in it.
    record Exclude(List<Step> path, List<JsonNode> values) implements Op {}

    /// Puts new elements between two neighbours of a list (FugueMax). The elements' dots are
    /// `firstDot`, `firstDot + 1` and so on; elements of lists inside them take the dots after
    /// those, in document order. A text's elements are its Unicode code points, and `values` then
    /// holds one string.
    ///
    /// @param leftOrigin the element before, or 0 for the beginning
    /// @param rightOrigin the element after, or 0 for the end
    record Insert(
            List<Step> path,
            long firstDot,
            long leftOrigin,
            long rightOrigin,
            List<JsonNode> values)
            implements Op {}

    /// Removes elements from a list, with all they hold; a concurrent change inside one is lost to
    /// it, and reported as a conflict.
    ///
    /// @param runs pairs of first dot and count
    record Delete(List<Step> path, List<Run> runs) implements Op {}

    /// Gives an element another place in its list; the last mover wins.
    ///
    /// @param slot the dot of the new position
    record Move(List<Step> path, long slot, long element, long leftOrigin, long rightOrigin)
            implements Op {}

    /// The right to erasure for this document: everything in it goes, and so does whatever is
    /// concurrent with the erasure. The path is empty.
    record Erase() implements Op {
        @Override
        public List<Step> path() {
            return List.of();
        }
    }

    /// The right to erasure for a subject: every document of the event's type that is this
    /// subject's goes, as with [Erase]. The event names no document (its id is empty) and is
    /// written to every shard.
    record EraseSubject(String subject) implements Op {
        @Override
        public List<Step> path() {
            return List.of();
        }
    }

    /// Consecutive dots of one actor.
    record Run(long firstDot, int count) {}
}
