package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.spec.SecretKeySpec;

/// Keys as they stand in configurations: PEM, and secrets as plain text. A [Problem] never tells
/// the text.
///
/// Source: RFC 7468; RFC 8017 appendix A for `RSA … KEY`, RFC 5915 for `EC PRIVATE KEY`.
final class KeyText {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final int RSA_BITS_MIN = 2048;

    private static final byte[] VERSION_0 = bytes("020100");
    private static final byte[] RSA_OF_PKCS = bytes("300d06092a864886f70d0101010500");
    private static final byte[] CURVE_256 = bytes("301306072a8648ce3d020106082a8648ce3d030107");
    private static final byte[] CURVE_384 = bytes("301006072a8648ce3d020106052b81040022");
    private static final byte[] CURVE_521 = bytes("301006072a8648ce3d020106052b81040023");

    private record Block(String label, byte[] content) {}

    private KeyText() {}

    /// @throws Problem INVALID_CONFIGURATION when it is no such key
    static Key publicKey(SignatureScheme scheme, String text) {
        if (scheme.family() == SignatureScheme.Family.SECRET) {
            return secret(text);
        }
        Block block = block(text);
        try {
            PublicKey key =
                    switch (block.label()) {
                        case "PUBLIC KEY" ->
                                factory(scheme)
                                        .generatePublic(new X509EncodedKeySpec(block.content()));
                        case "RSA PUBLIC KEY" ->
                                factory(scheme)
                                        .generatePublic(
                                                new X509EncodedKeySpec(
                                                        sequence(
                                                                RSA_OF_PKCS,
                                                                bitString(block.content()))));
                        case "CERTIFICATE" ->
                                CertificateFactory.getInstance("X.509")
                                        .generateCertificate(
                                                new ByteArrayInputStream(block.content()))
                                        .getPublicKey();
                        default ->
                                throw Faults.unusableKey(
                                        "a "
                                                + block.label()
                                                + " does not verify signatures; a PUBLIC KEY or a"
                                                + " CERTIFICATE does",
                                        null);
                    };
            return required(scheme, key);
        } catch (GeneralSecurityException e) {
            throw Faults.unusableKey(
                    "its " + block.label() + " is damaged, or not for " + scheme, e);
        }
    }

    /// @throws Problem INVALID_CONFIGURATION when it is no such key
    static Key privateKey(SignatureScheme scheme, String text) {
        if (scheme.family() == SignatureScheme.Family.SECRET) {
            return secret(text);
        }
        Block block = block(text);
        byte[] content =
                switch (block.label()) {
                    case "PRIVATE KEY" -> block.content();
                    case "RSA PRIVATE KEY" ->
                            sequence(VERSION_0, RSA_OF_PKCS, octets(block.content()));
                    case "EC PRIVATE KEY" ->
                            sequence(VERSION_0, curve(scheme), octets(block.content()));
                    default ->
                            throw Faults.unusableKey(
                                    "a "
                                            + block.label()
                                            + " does not sign; a PRIVATE KEY that is not encrypted"
                                            + " does",
                                    null);
                };
        try {
            PrivateKey key = factory(scheme).generatePrivate(new PKCS8EncodedKeySpec(content));
            return required(scheme, key);
        } catch (GeneralSecurityException e) {
            throw Faults.unusableKey(
                    "its " + block.label() + " is damaged, or not for " + scheme, e);
        }
    }

    private static Key secret(String text) {
        if (text.isEmpty()) {
            throw Faults.unusableKey("the secret is empty", null);
        }
        return new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HMAC");
    }

    private static Block block(String text) {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw Faults.unusableKey("it is no PEM; it begins with -----BEGIN …", null);
        }
        try {
            return new Block(pem.group(1), Base64.getMimeDecoder().decode(pem.group(2)));
        } catch (IllegalArgumentException e) {
            throw Faults.unusableKey("its PEM is damaged", e);
        }
    }

    private static KeyFactory factory(SignatureScheme scheme) throws GeneralSecurityException {
        return KeyFactory.getInstance(
                scheme.family() == SignatureScheme.Family.CURVE ? "EC" : "RSA");
    }

    private static <K extends Key> K required(SignatureScheme scheme, K key) {
        boolean isCurve = scheme.family() == SignatureScheme.Family.CURVE;
        switch (key) {
            case RSAKey rsa when !isCurve -> {
                if (rsa.getModulus().bitLength() < RSA_BITS_MIN) {
                    throw Faults.unusableKey(
                            "it has "
                                    + rsa.getModulus().bitLength()
                                    + " bits; RSA takes "
                                    + RSA_BITS_MIN
                                    + " and more",
                            null);
                }
            }
            case ECKey curve when isCurve -> {
                int bits = curve.getParams().getCurve().getField().getFieldSize();
                if (bits != scheme.curveBits()) {
                    throw Faults.unusableKey(
                            "it is on a curve of "
                                    + bits
                                    + " bits; "
                                    + scheme
                                    + " takes one of "
                                    + scheme.curveBits(),
                            null);
                }
            }
            default ->
                    throw Faults.unusableKey(
                            "a key for " + key.getAlgorithm() + " is not for " + scheme, null);
        }
        return key;
    }

    // --- DER, as far as older forms of keys have to be wrapped

    private static byte[] curve(SignatureScheme scheme) {
        return switch (scheme.curveBits()) {
            case 256 -> CURVE_256;
            case 384 -> CURVE_384;
            default -> CURVE_521;
        };
    }

    private static byte[] sequence(byte[]... parts) {
        return wrapped(0x30, parts);
    }

    private static byte[] octets(byte[] content) {
        return wrapped(0x04, content);
    }

    private static byte[] bitString(byte[] content) {
        return wrapped(0x03, new byte[1], content);
    }

    private static byte[] wrapped(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
