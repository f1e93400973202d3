package dev.sheaf.governance.mask;

import dev.sheaf.kernel.Problem;

/// Tokens of all texts. What [TokenMask] refuses (short texts, scripts that it does not know) gets
/// a keyed hash, cut to as many characters as the text has, or repeated: nobody should see from an
/// error what a text is. For any thread.
///
/// @param hashes for what has no token
public record TextMask(TokenMask tokens, HashMask hashes) {
    public String mask(String text) {
        try {
            return tokens.mask(text);
        } catch (Problem hasNone) {
            String digits = hashes.mask(text);
            int length = text.codePointCount(0, text.length());
            return digits.repeat(1 + length / digits.length()).substring(0, length);
        }
    }
}
