package dev.sheaf.context.document;

import dev.sheaf.context.Dot;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// A node that can exist while it is empty, because an Assign put it there: it then has presence
/// dots, normally one.
abstract sealed class Container extends Node permits MapNode, SetNode, ListNode, TextNode {
    static final long NONE = -1;

    private long presence = NONE;
    private long @Nullable [] otherPresence;
    private long digest;
    private boolean digested;
    private boolean stable;

    /// Something below or here changes.
    final void changed() {
        grown();
        rewritten();
    }

    /// Something was added behind all that is here, and nothing else has changed.
    final void grown() {
        digested = false;
        stable = false;
    }

    /// What was computed of a part is of no use any more.
    void rewritten() {}

    /// Strips what is here, unless nothing has changed since all of it was found stable.
    @Override
    final @Nullable Object strip(Cuts cuts) {
        if (!stable) {
            stripPresence(cuts);
            stable = stripContent(cuts) && presence <= Dot.STABLE;
        }
        return isSuperfluous() && !isPresent() ? null : this;
    }

    /// Whether a later cut changes nothing of this content.
    static boolean isStable(@Nullable Object content) {
        return content == null
                || content instanceof JsonNode
                || content instanceof Container container && container.stable;
    }

    /// @return whether nothing is left that a later cut could make superfluous
    abstract boolean stripContent(Cuts cuts);

    /// Whether nothing is held here, nor remembered.
    abstract boolean isSuperfluous();

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

    final void eachPresence(LongConsumer sink) {
        for (long dot : presenceDots()) {
            sink.accept(dot);
        }
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

    private void stripPresence(Cuts cuts) {
        if (presence == NONE || !cuts.covers(presence)) {
            return;
        }
        for (long other : otherPresence()) {
            if (!cuts.covers(other)) {
                return;
            }
        }
        presence = Dot.STABLE;
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
