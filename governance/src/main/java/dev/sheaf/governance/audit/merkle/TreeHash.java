package dev.sheaf.governance.audit.merkle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// A SHA-256 hash of a node of the tree: 32 bytes. Immutable; for any thread.
///
/// Leaves and inner nodes begin with different bytes, so that neither can pass for the other.
///
/// Source: RFC 6962, section 2.1.
public final class TreeHash {
    public static final int BYTES = 32;

    /// The root of the tree without entries: the hash of nothing.
    public static final TreeHash EMPTY = new TreeHash(digest().digest());

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private TreeHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The hash of an entry.
    public static TreeHash leaf(byte[] entry) {
        MessageDigest digest = digest();
        digest.update(LEAF);
        return new TreeHash(digest.digest(entry));
    }

    /// The hash of two subtrees side by side.
    public static TreeHash node(TreeHash left, TreeHash right) {
        MessageDigest digest = digest();
        digest.update(NODE);
        digest.update(left.bytes);
        return new TreeHash(digest.digest(right.bytes));
    }

    /// @param bytes 32
    public static TreeHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
        }
        return new TreeHash(bytes.clone());
    }

    /// Takes the next 32 bytes.
    public static TreeHash read(ByteBuffer source) {
        byte[] bytes = new byte[BYTES];
        source.get(bytes);
        return new TreeHash(bytes);
    }

    /// @throws Problem UNREADABLE_INPUT when it is not the base64 of 32 bytes, written in the one
    ///   canonical way
    public static TreeHash parse(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw malformed(base64, e);
        }
        TreeHash hash = new TreeHash(bytes);
        if (bytes.length != BYTES || !hash.toString().equals(base64)) {
            throw malformed(base64, null);
        }
        return hash;
    }

    private static Problem malformed(String text, @Nullable Throwable cause) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "'" + shown + "' is no hash: expected is the base64 of 32 bytes, 44 characters",
                cause);
    }

    /// Adds the 32 bytes.
    public void write(ByteBuffer target) {
        target.put(bytes);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TreeHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// Base64 with padding, as C2SP's formats write it.
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
