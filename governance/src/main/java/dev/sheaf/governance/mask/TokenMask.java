package dev.sheaf.governance.mask;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Replaces a text by another of the same form: each digit by a digit, each letter by a letter of
/// its script and case, everything else stays. Within one scope, different texts get different
/// tokens, equal ones equal tokens, and who has the key gets the text back. For any thread.
///
/// All texts of a form are numbered; the number is encrypted with FF1 over its bits, again as long
/// as it falls beyond the last one (cycle walking, Black and Rogaway 2002), twice at most on
/// average. A form has to have at least a million texts.
public final class TokenMask {
    public static final int CHARACTERS_MAX = 512;
    private static final BigInteger FORMS_MIN = BigInteger.valueOf(1_000_000);

    private final FormatPreservingCipher cipher;
    private final String scope;

    /// @param key 16, 24 or 32 bytes
    /// @param scope of equal tokens, for instance the name of a column: in another scope the same
    ///   text has another token
    /// @throws Problem INVALID_VALUE when the key has another length
    public TokenMask(byte[] key, String scope) {
        this.cipher = new FormatPreservingCipher(key);
        this.scope = scope;
    }

    /// @throws Problem INVALID_VALUE when the text is too short or too long, or has letters of a
    ///   script that is not known here
    public String mask(String text) {
        return run(text, true);
    }

    /// @throws Problem INVALID_VALUE as there
    public String unmask(String token) {
        return run(token, false);
    }

    private String run(String text, boolean encrypts) {
        int[] points = text.codePoints().toArray();
        Form form = new Form(points);
        byte[] tweak = (scope + '\0' + form.pattern).getBytes(StandardCharsets.UTF_8);
        BigInteger number = form.number(points);
        do {
            number =
                    encrypts
                            ? cipher.encryptBits(number, form.bitCount(), tweak)
                            : cipher.decryptBits(number, form.bitCount(), tweak);
        } while (number.compareTo(form.count) >= 0);
        return form.text(number, points);
    }

    /// What stays the same: which alphabet each character is of, or which character it is.
    private static final class Form {
        private final List<Optional<Alphabet>> alphabets = new ArrayList<>();
        private final String pattern;
        private final BigInteger count;

        Form(int[] points) {
            if (points.length > CHARACTERS_MAX) {
                throw invalid(
                        "it has " + points.length + " characters; allowed are " + CHARACTERS_MAX);
            }
            StringBuilder text = new StringBuilder();
            BigInteger texts = BigInteger.ONE;
            for (int i = 0; i < points.length; i++) {
                Optional<Alphabet> alphabet = Alphabet.of(points[i]);
                if (alphabet.isEmpty() && Character.isLetterOrDigit(points[i])) {
                    throw invalid(
                            "the character at "
                                    + i
                                    + " is of a script whose letters are not known here ("
                                    + Character.UnicodeScript.of(points[i])
                                    + ")");
                }
                alphabets.add(alphabet);
                if (alphabet.isPresent()) {
                    texts = texts.multiply(BigInteger.valueOf(alphabet.get().size()));
                    text.append('<').append(alphabet.get().name()).append('>');
                } else {
                    text.appendCodePoint(points[i]);
                }
            }
            pattern = text.toString();
            count = texts;
            if (count.compareTo(FORMS_MIN) < 0) {
                throw invalid(
                        "there are only "
                                + count
                                + " texts of this form, and 1,000,000 are needed, as six digits or"
                                + " five letters have: fewer are soon guessed");
            }
        }

        private static Problem invalid(String why) {
            return new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a text cannot be tokenised: " + why + ". Use a keyed hash or a partial mask");
        }

        int bitCount() {
            return count.subtract(BigInteger.ONE).bitLength();
        }

        BigInteger number(int[] points) {
            BigInteger number = BigInteger.ZERO;
            for (int i = 0; i < points.length; i++) {
                if (alphabets.get(i).isPresent()) {
                    Alphabet alphabet = alphabets.get(i).get();
                    number =
                            number.multiply(BigInteger.valueOf(alphabet.size()))
                                    .add(BigInteger.valueOf(alphabet.index(points[i])));
                }
            }
            return number;
        }

        String text(BigInteger number, int[] points) {
            int[] result = points.clone();
            BigInteger left = number;
            for (int i = points.length - 1; i >= 0; i--) {
                if (alphabets.get(i).isPresent()) {
                    Alphabet alphabet = alphabets.get(i).get();
                    BigInteger[] parts =
                            left.divideAndRemainder(BigInteger.valueOf(alphabet.size()));
                    result[i] = alphabet.point(parts[1].intValue());
                    left = parts[0];
                }
            }
            return new String(result, 0, result.length);
        }
    }
}
