package dev.sheaf.lineage;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A place in an event, which knows its JSON pointer (RFC 6901) for whoever has to correct it.
///
/// @param notes gets what is left out
record Cursor(JsonNode node, String pointer, List<String> notes) {
    /// The member of that name, which may be missing; null counts as missing.
    Cursor at(String member) {
        return new Cursor(
                node.path(member),
                pointer + "/" + member.replace("~", "~0").replace("/", "~1"),
                notes);
    }

    boolean isThere() {
        return !node.isMissingNode() && !node.isNull();
    }

    /// @throws Problem INVALID_VALUE when it is no string
    String text(String what) {
        if (!node.isString()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    (pointer.isEmpty() ? "the event" : pointer)
                            + (isThere() ? " is " + kind() : " is missing")
                            + ": write "
                            + what
                            + " as a string");
        }
        return node.stringValue();
    }

    /// Empty when it is missing; anything else than a string is noted and counts as missing.
    Optional<String> textIfThere() {
        if (node.isString()) {
            return Optional.of(node.stringValue());
        }
        if (isThere()) {
            leaveOut("a string");
        }
        return Optional.empty();
    }

    /// @throws Problem INVALID_VALUE when it is no object
    Cursor object(String what) {
        if (!node.isObject()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    (pointer.isEmpty() ? "the event" : pointer)
                            + (isThere() ? " is " + kind() : " is missing")
                            + ": write "
                            + what
                            + " as an object");
        }
        return this;
    }

    /// The elements; none when it is missing.
    ///
    /// @throws Problem INVALID_VALUE when it is anything else than an array
    List<Cursor> elements(String what) {
        if (isThere() && !node.isArray()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    pointer + " is " + kind() + ": write " + what + " as an array");
        }
        return each();
    }

    /// The elements; what is no array is noted and has none.
    List<Cursor> elementsIfThere() {
        if (isThere() && !node.isArray()) {
            leaveOut("an array");
        }
        return each();
    }

    private List<Cursor> each() {
        List<Cursor> all = new ArrayList<>();
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                all.add(new Cursor(node.get(index), pointer + "/" + index, notes));
            }
        }
        return all;
    }

    /// The members by name; what is no object is noted and has none.
    List<java.util.Map.Entry<String, Cursor>> membersIfThere() {
        List<java.util.Map.Entry<String, Cursor>> all = new ArrayList<>();
        if (node.isObject()) {
            node.properties()
                    .forEach(member ->
                            all.add(java.util.Map.entry(member.getKey(), at(member.getKey()))));
        } else if (isThere()) {
            leaveOut("an object");
        }
        return all;
    }

    /// Notes that this place counts for nothing here, as it should be something else.
    void leaveOut(String expected) {
        notes.add(pointer + " is " + kind() + " where " + expected + " belongs: it is left out");
    }

    private String kind() {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case MISSING -> "missing";
        };
    }
}
