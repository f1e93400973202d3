package dev.sheaf.governance.mask;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens of texts as a function that an engine calls for each row: of a text and the key, in
/// hexadecimal digits. Equal texts get equal tokens, whatever column they are of. For any thread.
public final class TextTokens implements Function<List<String>, String> {
    private static final String SCOPE = "";
    private static final int DIGITS = 64;
    private static final String HMAC = "HmacSHA256";

    /// Texts that come again and again are looked up; as many as a column of categories has.
    private static final int KNOWN_MAX = 4_096;

    private final Map<String, Keyed> byKey = new ConcurrentHashMap<>();

    private record Keyed(TextMask tokens, @Nullable Known[] known) {
        static Keyed of(String hexadecimal) {
            byte[] key = HexFormat.of().parseHex(hexadecimal);
            return new Keyed(
                    new TextMask(
                            new TokenMask(derived(key, "tokens"), SCOPE),
                            new HashMask(derived(key, "hashes"), SCOPE, DIGITS)),
                    new Known[KNOWN_MAX]);
        }

        /// A key for each use, so that one says nothing about the other.
        private static byte[] derived(byte[] key, String use) {
            try {
                Mac mac = Mac.getInstance(HMAC);
                mac.init(new SecretKeySpec(key, HMAC));
                return mac.doFinal(use.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
            }
        }

        String token(String text) {
            int place = Math.floorMod(text.hashCode(), KNOWN_MAX);
            Known before = known[place];
            if (before != null && before.text.equals(text)) {
                return before.token;
            }
            String token = tokens.mask(text);
            known[place] = new Known(text, token);
            return token;
        }
    }

    private record Known(String text, String token) {}

    /// @param textAndKey the key of at least a byte
    @Override
    public String apply(List<String> textAndKey) {
        return byKey.computeIfAbsent(textAndKey.get(1), Keyed::of).token(textAndKey.get(0));
    }
}
