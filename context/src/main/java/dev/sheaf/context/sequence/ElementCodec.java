package dev.sheaf.context.sequence;

import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;

/// How the elements of a run are written. A run in memory can be longer than its `count`.
interface ElementCodec {
    void write(ByteWriter writer, Object elements, int count);

    Object read(ByteReader reader, int count);
}
