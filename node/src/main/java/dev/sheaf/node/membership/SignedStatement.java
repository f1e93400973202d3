package dev.sheaf.node.membership;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Base64;

/// A statement with the signature under it, as one text: the statement in base64url, a tilde, the
/// signature.
record SignedStatement(MemberStatement statement, String text) {
    private static final String SEPARATOR = "~";
    private static final int CHARACTERS_MAX = 64 << 10;

    static SignedStatement of(MemberStatement statement, String signature) {
        return new SignedStatement(
                statement,
                Base64.getUrlEncoder().withoutPadding().encodeToString(statement.content())
                        + SEPARATOR
                        + signature);
    }

    /// Without a look at the signature.
    ///
    /// @throws Problem UNREADABLE_INPUT when it is none
    static SignedStatement read(String text) {
        return new SignedStatement(MemberStatement.read(content(text)), text);
    }

    static byte[] content(String text) {
        int end = text.indexOf(SEPARATOR);
        if (end < 0 || text.length() > CHARACTERS_MAX) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT, "this is no signed statement of a member");
        }
        try {
            return Base64.getUrlDecoder().decode(text.substring(0, end));
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT, "this is no signed statement of a member", e);
        }
    }

    String signature() {
        return text.substring(text.indexOf(SEPARATOR) + 1);
    }
}
