package dev.sheaf.governance.mask;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/// FF1: encrypts a string of numerals of some radix into one of the same length, and back. For any
/// thread; never shows its key.
///
/// The same numerals under the same key and tweak always become the same: equal values stay equal.
/// Strings have to be so long that there are at least a million of that length, since of fewer the
/// whole table is soon known (the first revision of the standard demands it).
///
/// Source: NIST SP 800-38G, algorithms 7 and 8; SP 800-38G revision 1 for the smallest domain.
public final class FormatPreservingCipher {
    public static final int RADIX_MIN = 2;
    public static final int RADIX_MAX = 1 << 16;
    public static final int NUMERALS_MAX = 4096;
    public static final int TWEAK_BYTES_MAX = 1 << 16;
    private static final BigInteger DOMAIN_MIN = BigInteger.valueOf(1_000_000);
    private static final int ROUNDS = 10;
    private static final int BLOCK_BYTES = 16;

    private final SecretKeySpec key;

    /// @param key 16, 24 or 32 bytes
    /// @throws Problem INVALID_VALUE when it has another length
    public FormatPreservingCipher(byte[] key) {
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "an AES key has 16, 24 or 32 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /// @param radix 2 to 65536
    /// @param numerals each from 0 to below the radix, 2 to 4096 of them, at least a million
    ///   strings of that length
    /// @param tweak not secret, up to 65536 bytes: other tweaks, other results
    /// @throws Problem INVALID_VALUE when one of these does not hold
    public int[] encrypt(int radix, int[] numerals, byte[] tweak) {
        return Run.of(this, radix, numerals, tweak).encrypt();
    }

    /// Undoes [#encrypt] with the same key, radix and tweak.
    ///
    /// @throws Problem as there
    public int[] decrypt(int radix, int[] numerals, byte[] tweak) {
        return Run.of(this, radix, numerals, tweak).decrypt();
    }

    /// As [#encrypt] of the numerals 0 and 1 that a number is written with.
    ///
    /// @param bits how many: at least what the number has
    BigInteger encryptBits(BigInteger number, int bits, byte[] tweak) {
        return Run.ofBits(this, number, bits, tweak).encryptHalves();
    }

    /// Undoes [#encryptBits].
    BigInteger decryptBits(BigInteger number, int bits, byte[] tweak) {
        return Run.ofBits(this, number, bits, tweak).decryptHalves();
    }

    private Cipher aes() {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    /// Whether strings of this length are long enough.
    static boolean isLongEnough(int radix, int length) {
        return length >= 2 && BigInteger.valueOf(radix).pow(length).compareTo(DOMAIN_MIN) >= 0;
    }

    /// One value on its way through the rounds; the names are those of the standard.
    private static final class Run {
        private final int radix;
        private final int u;
        private final int v;
        private final BigInteger radixU;
        private final BigInteger radixV;
        private final byte[] blocks;
        private final int numberBytes;
        private final int outputBytes;
        private final Cipher aes;
        private final byte[] input = new byte[BLOCK_BYTES];

        /// The CBC-MAC of the blocks that are the same in all rounds, and where they end.
        private final byte[] constant = new byte[BLOCK_BYTES];

        private final int constantBytes;
        private final byte[] r = new byte[BLOCK_BYTES];
        private BigInteger a;
        private BigInteger b;

        private Run(
                Cipher aes,
                int radix,
                int length,
                BigInteger radixU,
                BigInteger radixV,
                BigInteger a,
                BigInteger b,
                byte[] tweak) {
            this.aes = aes;
            this.radix = radix;
            this.u = length / 2;
            this.v = length - u;
            this.radixU = radixU;
            this.radixV = radixV;
            this.a = a;
            this.b = b;
            this.numberBytes = (radixV.subtract(BigInteger.ONE).bitLength() + 7) / 8;
            this.outputBytes = (numberBytes + 3) / 4 * 4 + 4;
            this.blocks = blocks(length, tweak);
            this.constantBytes = (blocks.length - numberBytes - 1) / BLOCK_BYTES * BLOCK_BYTES;
            chain(constant, 0, constantBytes);
        }

        static Run of(FormatPreservingCipher cipher, int radix, int[] numerals, byte[] tweak) {
            check(radix, numerals, tweak);
            BigInteger base = BigInteger.valueOf(radix);
            int u = numerals.length / 2;
            return new Run(
                    cipher.aes(),
                    radix,
                    numerals.length,
                    base.pow(u),
                    base.pow(numerals.length - u),
                    number(base, numerals, 0, u),
                    number(base, numerals, u, numerals.length),
                    tweak);
        }

        static Run ofBits(
                FormatPreservingCipher cipher, BigInteger number, int bits, byte[] tweak) {
            BigInteger radixV = BigInteger.ONE.shiftLeft(bits - bits / 2);
            return new Run(
                    cipher.aes(),
                    2,
                    bits,
                    BigInteger.ONE.shiftLeft(bits / 2),
                    radixV,
                    number.shiftRight(bits - bits / 2),
                    number.mod(radixV),
                    tweak);
        }

        /// P and Q, with room at the end of Q for the round and B.
        private byte[] blocks(int length, byte[] tweak) {
            int padding = Math.floorMod(-tweak.length - numberBytes - 1, BLOCK_BYTES);
            ByteBuffer bytes =
                    ByteBuffer.allocate(BLOCK_BYTES + tweak.length + padding + 1 + numberBytes);
            bytes.put((byte) 1).put((byte) 2).put((byte) 1);
            bytes.put((byte) (radix >> 16)).put((byte) (radix >> 8)).put((byte) radix);
            bytes.put((byte) ROUNDS).put((byte) u).putInt(length).putInt(tweak.length);
            return bytes.put(tweak).array();
        }

        BigInteger encryptHalves() {
            for (int i = 0; i < ROUNDS; i++) {
                BigInteger modulus = i % 2 == 0 ? radixU : radixV;
                BigInteger c = a.add(output(i, b)).mod(modulus);
                a = b;
                b = c;
            }
            return whole();
        }

        BigInteger decryptHalves() {
            for (int i = ROUNDS - 1; i >= 0; i--) {
                BigInteger modulus = i % 2 == 0 ? radixU : radixV;
                BigInteger c = b.subtract(output(i, a)).mod(modulus);
                b = a;
                a = c;
            }
            return whole();
        }

        private BigInteger whole() {
            return a.multiply(radixV).add(b);
        }

        int[] encrypt() {
            encryptHalves();
            return numerals();
        }

        int[] decrypt() {
            decryptHalves();
            return numerals();
        }

        /// The round function's y.
        private BigInteger output(int round, BigInteger half) {
            byte[] number = half.toByteArray();
            int end = blocks.length;
            Arrays.fill(blocks, end - numberBytes - 1, end, (byte) 0);
            blocks[end - numberBytes - 1] = (byte) round;
            int copied = Math.min(number.length, numberBytes);
            System.arraycopy(number, number.length - copied, blocks, end - copied, copied);
            System.arraycopy(constant, 0, r, 0, BLOCK_BYTES);
            chain(r, constantBytes, end);
            byte[] s = Arrays.copyOf(r, Math.max(BLOCK_BYTES, outputBytes));
            for (int j = 1; j * BLOCK_BYTES < outputBytes; j++) {
                System.arraycopy(r, 0, input, 0, BLOCK_BYTES);
                ByteBuffer counter = ByteBuffer.wrap(input);
                counter.putInt(12, counter.getInt(12) ^ j);
                byte[] more = new byte[BLOCK_BYTES];
                block(more);
                int count = Math.min(BLOCK_BYTES, outputBytes - j * BLOCK_BYTES);
                System.arraycopy(more, 0, s, j * BLOCK_BYTES, count);
            }
            return new BigInteger(1, s, 0, outputBytes);
        }

        /// The CBC-MAC of blocks, going on from `state`, which it replaces.
        private void chain(byte[] state, int start, int end) {
            for (int at = start; at < end; at += BLOCK_BYTES) {
                for (int i = 0; i < BLOCK_BYTES; i++) {
                    input[i] = (byte) (state[i] ^ blocks[at + i]);
                }
                block(state);
            }
        }

        /// Encrypts what is in `input`.
        private void block(byte[] output) {
            try {
                aes.update(input, 0, BLOCK_BYTES, output, 0);
            } catch (ShortBufferException e) {
                throw new IllegalStateException("a block is as long as a block", e);
            }
        }

        private static BigInteger number(BigInteger base, int[] numerals, int start, int end) {
            BigInteger number = BigInteger.ZERO;
            for (int i = start; i < end; i++) {
                number = number.multiply(base).add(BigInteger.valueOf(numerals[i]));
            }
            return number;
        }

        private int[] numerals() {
            int[] numerals = new int[u + v];
            put(a, numerals, 0, u);
            put(b, numerals, u, u + v);
            return numerals;
        }

        private void put(BigInteger number, int[] numerals, int start, int end) {
            BigInteger base = BigInteger.valueOf(radix);
            BigInteger left = number;
            for (int i = end - 1; i >= start; i--) {
                BigInteger[] parts = left.divideAndRemainder(base);
                numerals[i] = parts[1].intValue();
                left = parts[0];
            }
        }
    }

    private static void check(int radix, int[] numerals, byte[] tweak) {
        if (radix < RADIX_MIN || radix > RADIX_MAX) {
            throw invalid("the radix is " + radix + "; allowed are 2 to " + RADIX_MAX);
        }
        if (numerals.length > NUMERALS_MAX) {
            throw invalid(numerals.length + " numerals; allowed are " + NUMERALS_MAX);
        }
        if (!isLongEnough(radix, numerals.length)) {
            throw invalid(
                    numerals.length
                            + " numerals of radix "
                            + radix
                            + " have less than 1,000,000 values: so few are soon guessed. Use a"
                            + " keyed hash or a partial mask");
        }
        if (tweak.length > TWEAK_BYTES_MAX) {
            throw invalid("the tweak has " + tweak.length + " bytes; allowed are 65536");
        }
        for (int i = 0; i < numerals.length; i++) {
            if (numerals[i] < 0 || numerals[i] >= radix) {
                throw invalid("the numeral at " + i + " is not in 0 to " + (radix - 1));
            }
        }
    }

    private static Problem invalid(String what) {
        return new Problem(ProblemCode.INVALID_VALUE, "format-preserving encryption: " + what);
    }
}
