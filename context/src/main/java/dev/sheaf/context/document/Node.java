package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.FieldRule;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.function.LongConsumer;

/// One kind of content of a place. The content of a place as a whole is either nothing (null), a
/// stable scalar (its [JsonNode]), or a node; see [Places]. Nodes know nothing of their place.
abstract sealed class Node permits Register, Siblings, Container, CounterNode, Mixed {
    /// What an object costs beside its fields, in bytes.
    static final int OBJECT_BYTES = 16;

    /// What a dot and a hybrid clock's reading take.
    static final int STAMP_BYTES = 16;

    /// Takes away what the merge's writer had seen.
    ///
    /// @return what is left as the content, or null
    abstract @Nullable Object clear(Merge merge);

    /// Whether there is something, be it redacted; what a list remembers of deleted elements is
    /// not.
    abstract boolean exists();

    /// What is shown, or null where all is redacted or nothing exists.
    abstract @Nullable JsonNode show(FieldRule rule, ActorTable actors);

    /// 64 bits over everything that exists, the same whether stripped or not.
    abstract long digest();

    /// Replaces dots by [Dot#STABLE] where the stable cut covers them.
    ///
    /// @return what is left as the content, or null
    abstract @Nullable Object strip(Cuts cuts);

    /// The dot of something that exists here and that the merge's writer had not seen, or
    /// [Container#NONE].
    abstract long unseen(Merge merge);

    /// Whether something here, at any depth, was written with this dot.
    abstract boolean hasDot(long dot);

    /// Shows the dots of everything that exists here, at any depth.
    abstract void eachDot(LongConsumer sink);

    /// Roughly, heap bytes.
    abstract long weightBytes();

    /// The part of it that is neither keys nor values.
    abstract long metadataBytes();

    /// A copy that may be changed while this node stays as it is; what it holds is shared.
    abstract Node copy();
}
