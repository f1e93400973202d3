package dev.sheaf.governance.audit;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A node's keys for pseudonyms: the current one, and earlier ones under which older entries stand.
/// A key that is thrown away makes its pseudonyms meaningless for good.
///
/// The hash is HMAC-SHA-256 over a fixed label, a zero byte and the subject in UTF-8, cut to its
/// first 16 bytes (RFC 2104, RFC 4868). Subjects are taken as they are: the caller decides whether
/// `A@x.org` and `a@x.org` are one person. For any thread; never shows its keys.
public final class SubjectKeys {
    public static final int KEY_BYTES_MIN = 32;
    private static final byte[] LABEL = "sheaf-audit-subject\0".getBytes(StandardCharsets.UTF_8);
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?");
    private static final int HASH_BYTES = 16;

    private final String current;
    private final Map<String, SecretKeySpec> keys;

    /// @param current the name of the key for new entries
    /// @param keys by their names, each of at least 32 bytes
    /// @throws Problem INVALID_CONFIGURATION when a key is too short, a name has another form, or
    ///   the current one is missing
    public SubjectKeys(String current, Map<String, byte[]> keys) {
        this.current = current;
        this.keys = new LinkedHashMap<>();
        if (!keys.containsKey(current)) {
            throw invalid("there is no key '" + current + "'; there are " + keys.keySet());
        }
        keys.forEach((name, key) -> {
            if (!NAME.matcher(name).matches()) {
                throw invalid(
                        "'"
                                + name
                                + "' is no name of a key: use up to 32 lower-case letters, digits"
                                + " and hyphens");
            }
            if (key.length < KEY_BYTES_MIN) {
                throw invalid(
                        "key '"
                                + name
                                + "' has "
                                + key.length
                                + " bytes; needed are "
                                + KEY_BYTES_MIN
                                + " or more");
            }
            this.keys.put(name, new SecretKeySpec(key, "HmacSHA256"));
        });
    }

    private static Problem invalid(String what) {
        return new Problem(ProblemCode.INVALID_CONFIGURATION, "subject keys: " + what);
    }

    /// For a new entry, under the current key.
    public SubjectPseudonym pseudonym(String subject) {
        return pseudonym(current, subject);
    }

    /// For a search: under each key that there is.
    public Set<SubjectPseudonym> pseudonyms(String subject) {
        Set<SubjectPseudonym> all = new LinkedHashSet<>();
        for (String name : keys.keySet()) {
            all.add(pseudonym(name, subject));
        }
        return all;
    }

    private SubjectPseudonym pseudonym(String name, String subject) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(keys.get(name));
            mac.update(LABEL);
            byte[] hash = mac.doFinal(subject.getBytes(StandardCharsets.UTF_8));
            return new SubjectPseudonym(name + ':' + HexFormat.of().formatHex(hash, 0, HASH_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
