package dev.sheaf.contract.draft;

import java.util.Optional;

/// What the person who drafts knows already.
///
/// @param name of contract and table; empty to take it from the file
/// @param id empty to make it from domain and name
public record DraftOptions(Optional<String> name, Optional<String> id, Optional<String> domain) {
    public static final DraftOptions NONE =
            new DraftOptions(Optional.empty(), Optional.empty(), Optional.empty());
}
