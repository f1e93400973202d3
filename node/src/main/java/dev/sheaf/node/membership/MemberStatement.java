package dev.sheaf.node.membership;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import tools.jackson.core.JacksonException;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/// What is said of a member.
///
/// @param kind what it says
/// @param mesh its name
/// @param region of the member
/// @param authority the fingerprint of the key of the region's authority: a region that comes back
///   has another one, and what was said of the old does not touch it
/// @param number of the admission; a later one of the same region counts instead of an earlier
/// @param address where it listens for links; empty in statements that a member has gone
/// @param at when it was said, ISO 8601, by the clock of who said it
public record MemberStatement(
        Kind kind,
        String mesh,
        String region,
        String authority,
        long number,
        MemberAddress address,
        String at) {
    /// What can be said.
    public enum Kind {
        /// By the root: it is a member.
        ADMISSION,
        /// By the member: this is where it is found now.
        ADDRESS,
        /// By the member: it has left.
        DEPARTURE,
        /// By the root: it was evicted.
        EVICTION;

        boolean isByRoot() {
            return switch (this) {
                case ADMISSION, EVICTION -> true;
                case ADDRESS, DEPARTURE -> false;
            };
        }
    }

    /// @throws Problem INVALID_VALUE when a name or time is none
    public MemberStatement {
        RegionName.parse(region);
        try {
            Instant.parse(at);
        } catch (DateTimeException e) {
            throw new Problem(ProblemCode.INVALID_VALUE, "'" + at + "' is no time", e);
        }
    }

    RegionName regionName() {
        return RegionName.parse(region);
    }

    Instant saidAt() {
        return Instant.parse(at);
    }

    byte[] content() {
        return Wire.json().writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
    }

    /// @throws Problem UNREADABLE_INPUT
    static MemberStatement read(byte[] content) {
        try {
            return Wire.json().readValue(content, MemberStatement.class);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT, "this says nothing of a member: " + e, e);
        }
    }
}
