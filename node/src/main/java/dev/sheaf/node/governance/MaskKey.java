package dev.sheaf.node.governance;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.identity.PrivateFile;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The key of masks that hash, one for each node: made at its first start, and kept where only its
/// user can read it.
public final class MaskKey {
    private static final String FILE = "mask.key";
    private static final int BYTES = 32;

    private MaskKey() {}

    /// @return hexadecimal digits
    /// @throws Problem STORAGE_FAILED when it can be neither read nor written
    public static String in(Path folder, SecureRandom random) {
        Path file = folder.resolve(FILE);
        try {
            return PrivateFile.readOrMake(file, () -> newKey(random)).strip();
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the key of masks " + file + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    private static String newKey(SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return HexFormat.of().formatHex(key);
    }
}
