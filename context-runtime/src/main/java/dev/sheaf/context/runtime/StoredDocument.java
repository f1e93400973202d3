package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.document.Document;
import dev.sheaf.context.document.DocumentCodec;
import dev.sheaf.context.document.Expiry;

import java.nio.ByteBuffer;

/// A document as the state store has it: what is asked of it without its content, then the content.
///
/// @param digest what it adds to its group's digest, 0 while it does not exist
/// @param logged up to which position of the log it has all its events; later ones are in it or not
/// @param expiry when its life ends
/// @param isStable whether nothing in it can go that a later cut makes superfluous
record StoredDocument(long digest, long logged, Expiry expiry, boolean isStable) {
    private static final int BYTES = 4 * Long.BYTES + 1;

    static StoredDocument header(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        return new StoredDocument(
                in.getLong(), in.getLong(), new Expiry(in.getLong(), in.getLong()), in.get() == 1);
    }

    static Document document(byte[] stored, ActorTable actors) {
        byte[] encoded = new byte[stored.length - BYTES];
        System.arraycopy(stored, BYTES, encoded, 0, encoded.length);
        return DocumentCodec.decode(encoded, actors, index -> index);
    }

    byte[] with(Document document) {
        ByteWriter out = new ByteWriter();
        out.u64(digest);
        out.u64(logged);
        out.u64(expiry.endMillis());
        out.u64(expiry.lastHlc());
        out.u8(isStable ? 1 : 0);
        DocumentCodec.encode(out, document, index -> index);
        return out.toByteArray();
    }
}
