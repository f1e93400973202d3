package dev.sheaf.governance.grant;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import java.time.Instant;

/// What somebody asked for; it never changes.
///
/// @param purpose what the data is to be read for, 1 to 200 characters; a statement has to say the
///   same
/// @param wanted from when, until when, and whether personal data as it is
/// @param reason in favour of it, at most 1,000 characters; empty when none is given
/// @param askedBy the subject of the token with which it was asked
public record GrantRequest(
        ProductName product,
        GrantSubject subject,
        String purpose,
        GrantTerms wanted,
        String reason,
        String askedBy,
        Instant askedAt) {
    /// @throws Problem INVALID_VALUE for texts that are too long or not plain, and for an end that
    ///   is not after the beginning
    public GrantRequest {
        Words.require("the purpose", purpose, Words.PURPOSE_CHARACTERS_MAX);
        Words.requireIfSaid("the reason", reason, Words.REASON_CHARACTERS_MAX);
        Words.require("the name of who asks", askedBy, Words.NAME_CHARACTERS_MAX);
        if (!wanted.until().isAfter(wanted.from())) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the grant would end at "
                            + wanted.until()
                            + ", before it begins at "
                            + wanted.from()
                            + "; name a later end");
        }
    }
}
