package dev.sheaf.context.runtime.wire;

/// The numbers of messages in `spec/context.md` section 5.3.
final class MessageCode {
    static final int SUBSCRIBE = 1;
    static final int UNSUBSCRIBE = 2;
    static final int EVENTS = 3;
    static final int ACKNOWLEDGE = 4;
    static final int DECLINED = 5;
    static final int BEAT = 6;
    static final int MARK = 7;
    static final int EVICTED = 8;
    static final int JOIN = 9;
    static final int JOIN_REFUSED = 10;
    static final int STATE_BEGIN = 11;
    static final int STATE_PART = 12;
    static final int STATE_NEXT = 13;

    /// A frame of messages; other frames begin with other bytes.
    static final int FRAME = 0x46;

    static final int VERSION = 1;

    private MessageCode() {}
}
