package dev.sheaf.context.codec;

/// The numbers of operations in `spec/context.md` section 5.1.
final class OpCode {
    static final int ASSIGN = 1;
    static final int REMOVE = 2;
    static final int INCREMENT = 3;
    static final int INCLUDE = 4;
    static final int EXCLUDE = 5;
    static final int INSERT = 6;
    static final int DELETE = 7;
    static final int MOVE = 8;
    static final int ERASE = 9;
    static final int ERASE_SUBJECT = 10;

    private OpCode() {}
}
