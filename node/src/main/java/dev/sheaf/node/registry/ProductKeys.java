package dev.sheaf.node.registry;

import dev.sheaf.kernel.ProductName;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key for each product of this region, for those who may know of it: with it they recognize the
/// product under a pseudonym, which tells nobody else anything. For any thread.
public final class ProductKeys {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    /// @param key this node's
    public ProductKeys(byte[] key) {
        this.key = key.clone();
    }

    /// @return hexadecimal digits
    public String of(ProductName product) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            String text = "product key\0" + product;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC", e);
        }
    }
}
