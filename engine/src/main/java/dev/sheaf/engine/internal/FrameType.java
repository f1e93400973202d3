package dev.sheaf.engine.internal;

/// What a frame means. Requests go to the worker, answers come from it.
public enum FrameType {
    /// Request: [SessionSettings]; answered by DONE.
    OPEN,
    /// Request: SQL; answered by DONE.
    EXECUTE,
    /// Request: SQL; answered by CHUNKs of [RowsCodec] and DONE.
    QUERY,
    /// Request: SQL; answered by CHUNKs of an Arrow IPC stream and DONE.
    STREAM,
    /// Request: as STREAM, but nothing is sent before the whole result is there.
    STREAM_COMPUTED,
    /// Request: SQL; answered by a CHUNK of JSON text and DONE.
    PARSE,
    /// Request: a syntax tree; answered by a CHUNK of SQL text and DONE.
    RENDER,
    /// Request: SQL; answered by a CHUNK with a type on each line and DONE.
    PARAMETERS,
    /// Request: a table's name; an Arrow IPC stream follows in INPUTs and one INPUT_END. Answered
    /// by a CONSUMED for each INPUT, and by DONE when the table is there.
    LOAD,
    /// A part of what the LOAD of that number loads.
    INPUT,
    /// Nothing more follows.
    INPUT_END,
    /// Request without an answer: end the request of that number.
    CANCEL,
    /// Request: drop the session's connection; answered by DONE.
    CLOSE,
    /// Answer 0, once: the worker is there.
    READY,
    /// Answer: a part of the result.
    CHUNK,
    /// Answer: an INPUT has been read, another may follow.
    CONSUMED,
    /// Answer, now and then while a statement runs: its progress as a double.
    PROGRESS,
    /// Answer: all went well; the last of its request.
    DONE,
    /// Answer: kind (as text) and message; the last of its request.
    FAILED;

    private static final FrameType[] ALL = values();

    static FrameType of(int code) throws java.io.IOException {
        if (code < 0 || code >= ALL.length) {
            throw new java.io.IOException("not a frame type: " + code);
        }
        return ALL[code];
    }
}
