package dev.sheaf.context.codec;

/// The bits of an event's first byte in a batch, `spec/context.md` section 5.1.
final class EventFlags {
    static final int KIND_MASK = 0x03;
    static final int LANE_SHIFT = 2;
    static final int LANE_MASK = 0x03;
    static final int CONTEXT_CHANGES = 0x10;
    static final int AUTHOR = 0x20;
    static final int TTL = 0x40;
    static final int COMPACTION_KEY = 0x80;

    private EventFlags() {}
}
