package dev.sheaf.context.document;

import dev.sheaf.context.VersionVector;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// A node that can exist while it is empty, because an Assign put it there: it then has presence
/// dots, normally one.
abstract sealed class Container extends Node permits MapNode, SetNode, ListNode, TextNode {
    static final long NONE = -1;

    private long presence = NONE;
    private long @Nullable [] otherPresence;
    private long digest;
    private boolean digested;

    /// Something below or here changes.
    final void changed() {
        digested = false;
    }

    @Override
    final long digest() {
        if (!digested) {
            digest = computeDigest();
            digested = true;
        }
        return digest;
    }

    abstract long computeDigest();

    final boolean isPresent() {
        return presence != NONE;
    }

    final long presence() {
        return presence;
    }

    final long[] otherPresence() {
        return otherPresence == null ? NO_DOTS : otherPresence;
    }

    private static final long[] NO_DOTS = {};

    final void addPresence(long dot) {
        changed();
        if (presence == NONE || presence == dot) {
            presence = dot;
        } else if (!hasPresence(dot)) {
            long[] others = otherPresence();
            otherPresence = Arrays.copyOf(others, others.length + 1);
            otherPresence[others.length] = dot;
        }
    }

    final boolean hasPresence(long dot) {
        if (presence == dot) {
            return dot != NONE;
        }
        for (long other : otherPresence()) {
            if (other == dot) {
                return true;
            }
        }
        return false;
    }

    final void setPresence(long[] dots) {
        changed();
        presence = dots.length == 0 ? NONE : dots[0];
        otherPresence = dots.length < 2 ? null : Arrays.copyOfRange(dots, 1, dots.length);
    }

    final long[] presenceDots() {
        if (presence == NONE) {
            return NO_DOTS;
        }
        long[] others = otherPresence();
        long[] all = new long[others.length + 1];
        all[0] = presence;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    /// @return a presence that the writer had not seen, or [#NONE]
    final long unseenPresence(Merge merge) {
        if (presence != NONE && !merge.saw(presence)) {
            return presence;
        }
        for (long other : otherPresence()) {
            if (!merge.saw(other)) {
                return other;
            }
        }
        return NONE;
    }

    final void clearPresence(Merge merge) {
        if (otherPresence == null) {
            if (presence != NONE && merge.saw(presence)) {
                presence = NONE;
            }
        } else {
            setPresence(Arrays.stream(presenceDots()).filter(dot -> !merge.saw(dot)).toArray());
        }
    }

    final void stripPresence(VersionVector cut) {
        if (presence == NONE || !cut.covers(presence)) {
            return;
        }
        for (long other : otherPresence()) {
            if (!cut.covers(other)) {
                return;
            }
        }
        presence = dev.sheaf.context.Dot.STABLE;
        otherPresence = null;
    }

    final void copyPresence(Container from) {
        presence = from.presence;
        otherPresence = from.otherPresence;
        changed();
    }

    final long presenceBytes() {
        return presence > 0 ? (long) (1 + otherPresence().length) * Long.BYTES : 0;
    }
}
