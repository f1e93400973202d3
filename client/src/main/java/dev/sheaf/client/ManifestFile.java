package dev.sheaf.client;

import java.util.Arrays;

/// One file of declarations.
///
/// @param path relative, for messages
/// @param content the bytes as they are in the file (base64 on the wire)
public record ManifestFile(String path, byte[] content) {
    public ManifestFile {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ManifestFile that
                && path.equals(that.path)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return path + " (" + content.length + " bytes)";
    }
}
