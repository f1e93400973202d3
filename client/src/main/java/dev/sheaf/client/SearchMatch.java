package dev.sheaf.client;

import java.util.List;

/// Why a product was found.
///
/// @param place as in `name`, `column`, `description`
/// @param text of it, or the part around the first word
/// @param words in the text, in order
public record SearchMatch(String place, String text, List<WordRange> words) {
    public SearchMatch {
        words = List.copyOf(words);
    }
}
