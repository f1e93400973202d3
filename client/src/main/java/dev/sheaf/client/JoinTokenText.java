package dev.sheaf.client;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.core.JacksonException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What the text of a one-time token says to the node that joins with it.
///
/// @param url where the node answers that made it
/// @param root the fingerprint of the mesh's root key (SHA-256 of its encoded form, 64 hexadecimal
///   digits): an answer under another root is not believed
/// @param secret which only the two of them know
public record JoinTokenText(
        String mesh, String region, String url, String root, String id, String secret) {
    private static final String PREFIX = "sheaf-join-1.";
    private static final int CHARACTERS_MAX = 4096;

    /// @throws Problem INVALID_VALUE when it is none
    public static JoinTokenText parse(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith(PREFIX) || stripped.length() > CHARACTERS_MAX) {
            throw none(null);
        }
        try {
            return Wire.strictJson()
                    .readValue(
                            Base64.getUrlDecoder().decode(stripped.substring(PREFIX.length())),
                            JoinTokenText.class);
        } catch (JacksonException | IllegalArgumentException e) {
            throw none(e);
        }
    }

    private static Problem none(@org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "this is no token to join by; one begins with '"
                        + PREFIX
                        + "' and comes from 'sheaf join-token'",
                cause);
    }

    /// What the joining node signs, to show that the key is its own.
    ///
    /// @param publicKey base64
    public byte[] proven(String publicKey) {
        return ("sheaf-join\n" + mesh + "\n" + region + "\n" + id + "\n" + publicKey)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The token's text. Whoever has it may join: it is a secret.
    public String text() {
        return PREFIX
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                Wire.json()
                                        .writeValueAsString(this)
                                        .getBytes(StandardCharsets.UTF_8));
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "a token for " + region + " to join the mesh " + mesh;
    }
}
