package dev.sheaf.context.patch;

import dev.sheaf.context.document.Place;

import java.util.List;

/// What a JSON pointer points to.
///
/// @param place the deepest place on the way
/// @param rest the steps that remain inside it: none for the place itself, one for an element of a
///   list, set or text or for a member that is not there, any number inside a value that is written
///   as a whole
record Target(Place place, List<String> rest) {
    boolean isPlace() {
        return rest.isEmpty();
    }

    String last() {
        return rest.getLast();
    }
}
