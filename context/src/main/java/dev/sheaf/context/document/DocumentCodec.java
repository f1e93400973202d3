package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.json.KeyNames;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Documents as bytes, for storage and for sending a state: everything that merging needs, and the
/// keys of objects once. Actors are numbers that the caller chooses, so that a store keeps its
/// table of names once, and a message carries its own. Stateless; for any thread.
///
/// Layout: version 1, the latest clock reading, the end of life, the table of keys, then fences,
/// removals and the content.
public final class DocumentCodec {
    private static final int VERSION = 1;

    private DocumentCodec() {}

    /// @param actorNumber from the node's actor index to the number that is written; the caller
    ///   keeps or sends the names that the numbers stand for
    public static byte[] encode(Document document, IntUnaryOperator actorNumber) {
        ByteWriter out = new ByteWriter();
        encode(out, document, actorNumber);
        return out.toByteArray();
    }

    /// As [#encode(Document, IntUnaryOperator)], behind what was written already.
    public static void encode(ByteWriter out, Document document, IntUnaryOperator actorNumber) {
        ContentWriter writer = new ContentWriter(actorNumber, document.latestHlc());
        ByteWriter body = new ByteWriter();
        writer.dots(body, document.fences());
        List<Removals.Removal> removals = document.removals().all();
        body.varint(removals.size());
        removals.forEach(removal -> writer.removal(body, removal));
        writer.write(body, document.root());

        out.u8(VERSION);
        out.varint(document.latestHlc());
        out.varint(document.lastHlc());
        out.varint(document.endMillis());
        out.varint(writer.values().keyCount());
        writer.values().keys().forEach(out::string);
        out.varint(body.size());
        out.raw(body);
    }

    /// @param actors the node's table; what is written as stable needs none of it
    /// @param actorIndex from the number that was written to the node's actor index; throws a
    ///   Problem for a number it does not know
    /// @throws dev.sheaf.kernel.Problem UNREADABLE_INPUT when the bytes are no document
    public static Document decode(byte[] bytes, ActorTable actors, IntUnaryOperator actorIndex) {
        ByteReader in = new ByteReader(bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.unreadable("version " + version + "; this node reads version " + VERSION);
        }
        long latestHlc = in.varint();
        long lastHlc = in.varint();
        long endMillis = in.varint();
        String[] keys = new String[in.size(in.remaining())];
        for (int index = 0; index < keys.length; index++) {
            keys[index] = KeyNames.of(in.string());
        }
        ByteReader body = new ByteReader(in.bytes());
        if (in.remaining() > 0) {
            throw in.unreadable("bytes behind the document");
        }
        ContentReader reader = new ContentReader(actors, actorIndex, latestHlc, keys);
        long[] fences = reader.dots(body);
        int count = body.size(Math.min(Removals.COUNT_MAX, body.remaining()));
        List<Removals.Removal> removals = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            removals.add(reader.removal(body));
        }
        Object root = reader.read(body, 0);
        if (body.remaining() > 0) {
            throw body.unreadable("bytes behind the content");
        }
        return Document.of(
                root,
                fences,
                Removals.of(removals),
                new Document.Life(latestHlc, lastHlc, endMillis));
    }
}
