package dev.sheaf.context.resolve;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/// What a place shows.
///
/// @param winner the sibling whose rank stands for the choice; where the value was computed from
///   several, the highest of them
/// @param value the winner's value, or a computed one
/// @param queue where the conflict is to be put for a person or program to decide
public record Choice(Sibling winner, JsonNode value, Optional<String> queue) {
    public boolean escalated() {
        return queue.isPresent();
    }
}
