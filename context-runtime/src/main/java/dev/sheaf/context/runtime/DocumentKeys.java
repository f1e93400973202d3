package dev.sheaf.context.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Keys of the state store: the group's number, then what is inside the group.
final class DocumentKeys {
    private DocumentKeys() {}

    static byte[] group(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /// group, type, 0, id.
    static byte[] document(int group, DocumentKey key) {
        return joined(group, key.type(), key.id());
    }

    /// group, type, 0: the prefix of all documents of a type.
    static byte[] type(int group, String type) {
        return joined(group, type, "");
    }

    /// group, type, 0, subject, 0, id.
    static byte[] subject(int group, String type, String subject, String id) {
        return joined(group, type, subject + '\0' + id);
    }

    private static byte[] joined(int group, String first, String second) {
        byte[] head = first.getBytes(StandardCharsets.UTF_8);
        byte[] tail = second.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + head.length + 1 + tail.length)
                .putInt(group)
                .put(head)
                .put((byte) 0)
                .put(tail)
                .array();
    }

    /// The document of a key that [#document] made.
    static DocumentKey documentOf(byte[] key) {
        int zero = zeroAfter(key, Integer.BYTES);
        return new DocumentKey(text(key, Integer.BYTES, zero), text(key, zero + 1, key.length));
    }

    /// The document's id in a key that [#subject] made.
    static String idOfSubject(byte[] key) {
        int zero = zeroAfter(key, zeroAfter(key, Integer.BYTES) + 1);
        return text(key, zero + 1, key.length);
    }

    private static int zeroAfter(byte[] key, int from) {
        int at = from;
        while (key[at] != 0) {
            at++;
        }
        return at;
    }

    private static String text(byte[] key, int from, int to) {
        return new String(key, from, to - from, StandardCharsets.UTF_8);
    }
}
