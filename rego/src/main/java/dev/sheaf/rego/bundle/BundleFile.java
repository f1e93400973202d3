package dev.sheaf.rego.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A file of an archive. Its bytes are not changed by anyone.
final class BundleFile {
    static final String MANIFEST = ".manifest";
    static final String SIGNATURES = ".signatures.json";
    static final String DATA = "data.json";

    private final String name;
    private final byte[] bytes;

    /// @param name without a slash in front
    BundleFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    static BundleFile ofText(String name, String text) {
        return new BundleFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    String name() {
        return name;
    }

    byte[] bytes() {
        return bytes;
    }

    /// The name without its folders.
    String baseName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /// Without a byte order mark.
    ///
    /// @throws dev.sheaf.kernel.Problem UNREADABLE_INPUT when it is no UTF-8
    String text() {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Faults.unreadable(name, "it is no text in UTF-8; save it as UTF-8", e);
        }
    }
}
