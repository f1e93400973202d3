package dev.sheaf.rego.builtin.web;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;

/// The elliptic curves over prime fields that certificates and tokens use (FIPS 186-5).
enum Curve {
    P256("P-256", "secp256r1", "1.2.840.10045.3.1.7", 32),
    P384("P-384", "secp384r1", "1.3.132.0.34", 48),
    P521("P-521", "secp521r1", "1.3.132.0.35", 66);

    /// As JSON Web Keys name it.
    final String webName;

    final String oid;

    /// How long a coordinate is.
    final int coordinateBytes;

    private final ECParameterSpec parameters;

    Curve(String webName, String jdkName, String oid, int coordinateBytes) {
        this.webName = webName;
        this.oid = oid;
        this.coordinateBytes = coordinateBytes;
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(jdkName));
            parameters = named.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + jdkName, e);
        }
    }

    static @Nullable Curve byOid(String oid) {
        for (Curve curve : values()) {
            if (curve.oid.equals(oid)) {
                return curve;
            }
        }
        return null;
    }

    static @Nullable Curve byWebName(String name) {
        for (Curve curve : values()) {
            if (curve.webName.equals(name)) {
                return curve;
            }
        }
        return null;
    }

    ECParameterSpec parameters() {
        return parameters;
    }

    private BigInteger prime() {
        return ((ECFieldFp) parameters.getCurve().getField()).getP();
    }

    boolean has(ECPoint point) {
        BigInteger p = prime();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x.signum() < 0 || y.signum() < 0 || x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger right =
                x.multiply(x)
                        .add(parameters.getCurve().getA())
                        .multiply(x)
                        .add(parameters.getCurve().getB());
        return y.multiply(y).subtract(right).mod(p).signum() == 0;
    }

    PublicKey key(ECPoint point) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
    }

    /// The point that belongs to a secret number. Not for numbers of somebody who can measure how
    /// long it takes.
    ECPoint publicPoint(BigInteger secret) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = secret.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            if (secret.testBit(bit)) {
                sum = add(sum, parameters.getGenerator());
            }
        }
        return sum;
    }

    private ECPoint add(ECPoint left, ECPoint right) {
        if (left.equals(ECPoint.POINT_INFINITY)) {
            return right;
        }
        if (right.equals(ECPoint.POINT_INFINITY)) {
            return left;
        }
        BigInteger p = prime();
        BigInteger x = left.getAffineX();
        BigInteger y = left.getAffineY();
        BigInteger slope;
        if (x.equals(right.getAffineX())) {
            if (!y.equals(right.getAffineY()) || y.signum() == 0) {
                return ECPoint.POINT_INFINITY;
            }
            slope =
                    x.pow(2)
                            .multiply(BigInteger.valueOf(3))
                            .add(parameters.getCurve().getA())
                            .multiply(y.shiftLeft(1).modInverse(p));
        } else {
            slope =
                    right.getAffineY()
                            .subtract(y)
                            .multiply(right.getAffineX().subtract(x).mod(p).modInverse(p));
        }
        BigInteger sumX = slope.pow(2).subtract(x).subtract(right.getAffineX()).mod(p);
        BigInteger sumY = slope.multiply(x.subtract(sumX)).subtract(y).mod(p);
        return new ECPoint(sumX, sumY);
    }
}
