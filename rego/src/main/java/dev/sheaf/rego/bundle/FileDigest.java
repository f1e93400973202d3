package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.value.JsonValues;

import tools.jackson.core.JacksonException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// The digest of a file that its signature names: of its bytes, or of its canonical JSON for data
/// and the manifest.
///
/// Source: OPA's documentation of the signature format, `files`.
final class FileDigest {
    static final String USUAL = "SHA-256";

    /// OPA's names and Java's; MD5 and SHA-1 are left out, since files can be forged under them.
    private static final Map<String, String> ALGORITHMS =
            Map.of(
                    "SHA-224",
                    "SHA-224",
                    USUAL,
                    USUAL,
                    "SHA-384",
                    "SHA-384",
                    "SHA-512",
                    "SHA-512",
                    "SHA-512-224",
                    "SHA-512/224",
                    "SHA-512-256",
                    "SHA-512/256");

    private FileDigest() {}

    static boolean isKnown(String algorithm) {
        return ALGORITHMS.containsKey(algorithm);
    }

    static String names() {
        return String.join(", ", ALGORITHMS.keySet().stream().sorted().toList());
    }

    /// In hexadecimal.
    ///
    /// @param algorithm a known one
    /// @throws Problem UNREADABLE_INPUT when data or the manifest cannot be read
    static String of(BundleFile file, String algorithm) {
        try {
            MessageDigest digest =
                    MessageDigest.getInstance(ALGORITHMS.getOrDefault(algorithm, algorithm));
            return HexFormat.of().formatHex(digest.digest(hashed(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static byte[] hashed(BundleFile file) {
        return switch (file.baseName()) {
            case BundleFile.DATA, BundleFile.MANIFEST -> canonical(file, file.text());
            case "data.yaml" -> yaml(file);
            default -> file.bytes();
        };
    }

    /// JSON is YAML too, and then its numbers stay as they are.
    private static byte[] yaml(BundleFile file) {
        String text = file.text();
        try {
            return utf8(CanonicalJson.of(text));
        } catch (JacksonException | IllegalArgumentException notJson) {
            return canonical(file, JsonValues.text(JsonFile.yaml(file)));
        }
    }

    private static byte[] canonical(BundleFile file, String json) {
        try {
            return utf8(CanonicalJson.of(json));
        } catch (JacksonException e) {
            throw Faults.unreadable(file.name(), "no JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw Faults.unreadable(file.name(), "no JSON: " + e.getMessage(), e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
