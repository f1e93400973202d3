package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.GoQuotedText;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Signs requests by AWS Signature Version 4: a chain of keyed digests over the day, the region,
/// the service and the request.
///
/// @param sessionToken empty when the keys are no temporary ones
/// @param isPayloadSigned whether the body is covered
record RequestSignature(
        String service,
        String region,
        String accessKey,
        String secretKey,
        String sessionToken,
        Instant time,
        boolean isPayloadSigned) {
    /// Go-betweens may change these on the way.
    private static final Set<String> NOT_SIGNED =
            Set.of("authorization", "user-agent", "x-amzn-trace-id");

    private static final Set<String> SERVICES_WITH_DIGEST = Set.of("s3", "glacier");
    private static final String DIGEST_HEADER = "x-amz-content-sha256";
    private static final String MAC = "HmacSHA256";

    /// @param given headers that the request has already
    /// @return headers to add
    /// @throws BuiltinFault when the URL is none
    Map<String, String> headers(String method, String url, Map<String, String> given, byte[] body) {
        URI target = target(url);
        String day = format("yyyyMMdd");
        String second = format("yyyyMMdd'T'HHmmss'Z'");
        String digest = isPayloadSigned ? digest(body) : "UNSIGNED-PAYLOAD";
        Map<String, String> added = new TreeMap<>();
        added.put("host", host(target));
        added.put("x-amz-date", second);
        if (SERVICES_WITH_DIGEST.contains(service)) {
            added.put(DIGEST_HEADER, digest);
        }
        if (!sessionToken.isEmpty()) {
            added.put("x-amz-security-token", sessionToken);
        }

        // What the request has already is signed as it is, although the added header replaces it:
        // OPA signs so.
        Map<String, String> signed = new TreeMap<>(added);
        given.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NOT_SIGNED.contains(lower)) {
                signed.put(lower, value);
            }
        });
        String names = String.join(";", signed.keySet());
        StringBuilder canonical = new StringBuilder();
        canonical.append(method).append('\n');
        canonical.append(some(target.getRawPath())).append('\n');
        canonical.append(some(target.getRawQuery())).append('\n');
        signed.forEach(
                (name, value) -> canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(names).append('\n').append(digest);

        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String text =
                "AWS4-HMAC-SHA256\n"
                        + second
                        + "\n"
                        + scope
                        + "\n"
                        + digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String step : new String[] {day, region, service, "aws4_request", text}) {
            key = DigestBuiltins.hmac(MAC, key, step.getBytes(StandardCharsets.UTF_8));
        }
        added.put(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                        + accessKey
                        + "/"
                        + scope
                        + ",SignedHeaders="
                        + names
                        + ",Signature="
                        + HexFormat.of().formatHex(key));
        return added;
    }

    private static URI target(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw BuiltinFault.of("parse %s: %s", GoQuotedText.of(url), e.getReason());
        }
    }

    private static String host(URI target) {
        String authority = some(target.getRawAuthority());
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static String some(@Nullable String text) {
        return text == null ? "" : text;
    }

    private String format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .format(time.atOffset(ZoneOffset.UTC));
    }

    private static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(DigestBuiltins.digest("SHA-256", bytes));
    }
}
