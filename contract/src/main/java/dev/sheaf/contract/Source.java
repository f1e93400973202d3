package dev.sheaf.contract;

import dev.sheaf.kernel.Sha256;

import java.util.Arrays;

/// A document's own bytes and the name under which it was read (a path, or `-`).
public final class Source {
    private final String name;
    private final byte[] bytes;

    public Source(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes.clone();
    }

    public String name() {
        return name;
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    public Sha256 digest() {
        return Sha256.of(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Source that
                && name.equals(that.name)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return name + " (" + bytes.length + " bytes)";
    }
}
