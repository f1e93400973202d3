package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// With a root, an intermediate that is limited to `example.org`, and certificates below it.
class CertificateBuiltinsTest {
    private final Calls calls = new Calls();

    private static String resource(String name) {
        try (InputStream in = CertificateBuiltinsTest.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectValue parsed(String name, int index) {
        ArrayValue all =
                (ArrayValue)
                        calls.value("crypto.x509.parse_certificates", Calls.text(resource(name)));
        return (ObjectValue) all.get(index);
    }

    private static String json(ObjectValue object, String field) {
        return JsonValues.text(Objects.requireNonNull(object.get(field), field));
    }

    @Test
    void theFieldsOfACertificateAreGos() {
        ObjectValue leaf = parsed("chain.pem", 2);
        assertEquals("4711", json(leaf, "SerialNumber"));
        assertEquals("3", json(leaf, "Version"));
        assertEquals("4", json(leaf, "SignatureAlgorithm"));
        assertEquals("4", json(leaf, "PublicKeyAlgorithm"));
        assertEquals("\"cLFuVGOyfaziIQUa6+TTlkB23jnz8cEzHzHvANPTGso=\"", json(leaf, "PublicKey"));
        assertEquals("\"2026-11-26T18:52:37Z\"", json(leaf, "NotBefore"));
        assertEquals("\"2126-04-16T18:52:37Z\"", json(leaf, "NotAfter"));
        assertEquals("1", json(leaf, "KeyUsage"));
        assertEquals("[1,2]", json(leaf, "ExtKeyUsage"));
        assertEquals("null", json(leaf, "UnknownExtKeyUsage"));
        assertEquals("true", json(leaf, "BasicConstraintsValid"));
        assertEquals("false", json(leaf, "IsCA"));
        assertEquals("-1", json(leaf, "MaxPathLen"));
        assertEquals("false", json(leaf, "MaxPathLenZero"));
        assertEquals("\"SBHTcCgcDyp9z7X+R4rl65UOPgw=\"", json(leaf, "SubjectKeyId"));
        assertEquals("\"SRbwSwwR7FH4kroQ7Ps65kNkibc=\"", json(leaf, "AuthorityKeyId"));
        assertEquals("[\"www.example.org\",\"*.api.example.org\"]", json(leaf, "DNSNames"));
        assertEquals("[\"192.0.2.7\",\"2001:db8::7\"]", json(leaf, "IPAddresses"));
        assertEquals("[\"a@example.org\"]", json(leaf, "EmailAddresses"));
        assertEquals("[\"spiffe://example.org/a?b=c\"]", json(leaf, "URIStrings"));
        assertEquals("[\"http://ocsp.example.org\"]", json(leaf, "OCSPServer"));
        assertEquals("[\"http://ca.example.org/i.der\"]", json(leaf, "IssuingCertificateURL"));
        assertEquals("[\"http://crl.example.org/c.crl\"]", json(leaf, "CRLDistributionPoints"));
        assertEquals("[[2,23,140,1,2,1]]", json(leaf, "PolicyIdentifiers"));
        assertEquals("[\"2.23.140.1.2.1\"]", json(leaf, "Policies"));
        ObjectValue uri =
                (ObjectValue) ((ArrayValue) Objects.requireNonNull(leaf.get("URIs"))).get(0);
        assertEquals("\"example.org\"", json(uri, "Host"));
        assertEquals("\"b=c\"", json(uri, "RawQuery"));
    }

    @Test
    void namesAreSplitByTheirAttributes() {
        ObjectValue subject =
                (ObjectValue) Objects.requireNonNull(parsed("chain.pem", 2).get("Subject"));
        assertEquals("\"www.example.org\"", json(subject, "CommonName"));
        assertEquals("[\"DE\"]", json(subject, "Country"));
        assertEquals("[\"Hessen\"]", json(subject, "Province"));
        assertEquals("[\"Ulm\"]", json(subject, "Locality"));
        assertEquals("[\"One\",\"Two\"]", json(subject, "OrganizationalUnit"));
        assertEquals("\"12\"", json(subject, "SerialNumber"));
        assertEquals("null", json(subject, "PostalCode"));
        assertTrue(json(subject, "Names").startsWith("[{\"Type\":[2,5,4,6],\"Value\":\"DE\"},"));
    }

    @Test
    void limitsOfAnAuthorityAreShown() {
        ObjectValue intermediate = parsed("chain.pem", 1);
        assertEquals("true", json(intermediate, "IsCA"));
        assertEquals("0", json(intermediate, "MaxPathLen"));
        assertEquals("true", json(intermediate, "MaxPathLenZero"));
        assertEquals("true", json(intermediate, "PermittedDNSDomainsCritical"));
        assertEquals("[\"example.org\"]", json(intermediate, "PermittedDNSDomains"));
        assertEquals(
                "[{\"IP\":\"10.0.0.0\",\"Mask\":\"/wAAAA==\"}]",
                json(intermediate, "ExcludedIPRanges"));
        ObjectValue key = (ObjectValue) Objects.requireNonNull(intermediate.get("PublicKey"));
        assertEquals("65537", json(key, "E"));
    }

    @Test
    void rawPartsAreThoseOfTheJdk() throws GeneralSecurityException {
        List<X509Certificate> certificates =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(
                                        resource("chain.pem").getBytes(StandardCharsets.US_ASCII)))
                        .stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        for (int i = 0; i < certificates.size(); i++) {
            X509Certificate expected = certificates.get(i);
            ObjectValue actual = parsed("chain.pem", i);
            assertEquals(text(expected.getEncoded()), actual.get("Raw"));
            assertEquals(text(expected.getTBSCertificate()), actual.get("RawTBSCertificate"));
            assertEquals(text(expected.getSignature()), actual.get("Signature"));
            assertEquals(
                    text(expected.getPublicKey().getEncoded()),
                    actual.get("RawSubjectPublicKeyInfo"));
            assertEquals(
                    text(expected.getSubjectX500Principal().getEncoded()),
                    actual.get("RawSubject"));
            assertEquals(
                    text(expected.getIssuerX500Principal().getEncoded()), actual.get("RawIssuer"));
        }
    }

    private static StringValue text(byte[] bytes) {
        return StringValue.of(GoBase64.encode(bytes));
    }

    @Test
    void aWayToTheRootIsReturnedFromTheLeaf() {
        ArrayValue result =
                (ArrayValue)
                        calls.value(
                                "crypto.x509.parse_and_verify_certificates",
                                Calls.text(resource("chain.pem")));
        assertEquals(BooleanValue.TRUE, result.get(0));
        ArrayValue way = (ArrayValue) result.get(1);
        assertEquals(3, way.size());
        assertEquals(parsed("chain.pem", 2), way.get(0));
        assertEquals(parsed("chain.pem", 0), way.get(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};true",
                "{\"DNSName\": \"www.example.org\"};true",
                "{\"DNSName\": \"WWW.example.org.\"};true",
                "{\"DNSName\": \"v1.api.example.org\"};true",
                "{\"DNSName\": \"a.v1.api.example.org\"};false",
                "{\"DNSName\": \"api.example.org\"};false",
                "{\"DNSName\": \"192.0.2.7\"};true",
                "{\"DNSName\": \"[2001:db8::7]\"};true",
                "{\"DNSName\": \"192.0.2.8\"};false",
                "{\"CurrentTime\": 1500000000000000000};false",
                "{\"CurrentTime\": 1900000000000000000};true",
                "{\"CurrentTime\": 5000000000000000000};false",
                "{\"KeyUsages\": [\"KeyUsageClientAuth\"]};true",
                "{\"KeyUsages\": [\"KeyUsageCodeSigning\"]};false",
                "{\"KeyUsages\": [\"KeyUsageCodeSigning\", \"KeyUsageAny\"]};true"
            })
    void optionsNarrowWhatIsVerified(String options, boolean expected) {
        ArrayValue result =
                (ArrayValue)
                        calls.value(
                                "crypto.x509.parse_and_verify_certificates_with_options",
                                Calls.text(resource("chain.pem")),
                                options);
        assertEquals(BooleanValue.of(expected), result.get(0));
    }

    @Test
    void namesOutsideTheAuthoritysLimitsAreNotVerified() {
        assertEquals(
                "[false,[]]",
                calls.json(
                        "crypto.x509.parse_and_verify_certificates",
                        Calls.text(resource("outside-chain.pem"))));
    }

    @Test
    void aCertificateForAnotherPurposeIsVerifiedForThatOnly() {
        Value chain = Calls.text(resource("code-chain.pem"));
        assertEquals("[false,[]]", calls.json("crypto.x509.parse_and_verify_certificates", chain));
        ArrayValue result =
                (ArrayValue)
                        calls.value(
                                "crypto.x509.parse_and_verify_certificates_with_options",
                                chain,
                                "{\"KeyUsages\": [\"KeyUsageCodeSigning\"]}");
        assertEquals(BooleanValue.TRUE, result.get(0));
    }

    @Test
    void withoutTheIntermediateThereIsNoWay() {
        String chain = resource("chain.pem");
        String marker = "-----BEGIN CERTIFICATE-----";
        int second = chain.indexOf(marker, 1);
        int third = chain.indexOf(marker, second + 1);
        assertEquals(
                "[false,[]]",
                calls.json(
                        "crypto.x509.parse_and_verify_certificates",
                        Calls.text(chain.substring(0, second) + chain.substring(third))));
        assertEquals(
                "[false,[]]",
                calls.json(
                        "crypto.x509.parse_and_verify_certificates",
                        Calls.text(chain.substring(third))));
    }

    @Test
    void aChangedCertificateIsNotVerified() {
        ObjectValue leaf = parsed("chain.pem", 2);
        byte[] bytes =
                GoBase64.decode(((StringValue) Objects.requireNonNull(leaf.get("Raw"))).value());
        int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Hessen");
        bytes[name] = 'h';
        String chain = resource("chain.pem");
        String forged =
                chain.substring(0, chain.lastIndexOf("-----BEGIN"))
                        + "-----BEGIN CERTIFICATE-----\n"
                        + GoBase64.encode(bytes)
                        + "\n-----END CERTIFICATE-----\n";
        assertEquals(
                "[false,[]]",
                calls.json("crypto.x509.parse_and_verify_certificates", Calls.text(forged)));
    }

    @Test
    void wrongOptionsAreFaults() {
        Value chain = Calls.text(resource("chain.pem"));
        String name = "crypto.x509.parse_and_verify_certificates_with_options";
        assertEquals("invalid key option", calls.fault(name, chain, "{\"Whatever\": 1}"));
        assertEquals("'DNSName' should be a string", calls.fault(name, chain, "{\"DNSName\": 1}"));
        assertEquals(
                "'CurrentTime' should be a number",
                calls.fault(name, chain, "{\"CurrentTime\": \"now\"}"));
        assertEquals(
                "invalid entries for 'KeyUsages' found: [A B]",
                calls.fault(name, chain, "{\"KeyUsages\": [\"A\", \"KeyUsageAny\", \"B\"]}"));
    }

    @Test
    void cutOffCertificatesAreFaultsAndNothingWorse() {
        ObjectValue leaf = parsed("chain.pem", 2);
        byte[] bytes =
                GoBase64.decode(((StringValue) Objects.requireNonNull(leaf.get("Raw"))).value());
        for (int length = 1; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            String fault =
                    calls.fault(
                            "crypto.x509.parse_certificates", Calls.text(GoBase64.encode(part)));
            assertTrue(fault.startsWith("x509: malformed certificate"), fault);
        }
    }

    @Test
    void changedBytesAreReadOrRefused() {
        ObjectValue leaf = parsed("chain.pem", 2);
        byte[] bytes =
                GoBase64.decode(((StringValue) Objects.requireNonNull(leaf.get("Raw"))).value());
        Random random = new Random(99);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            try {
                calls.value("crypto.x509.parse_certificates", Calls.text(GoBase64.encode(changed)));
            } catch (BuiltinFault fault) {
                refused++;
            }
        }
        assertTrue(refused > 100, refused + " refused");
    }

    @Test
    void theFieldsOfARequestAreGos() {
        ObjectValue request =
                (ObjectValue)
                        calls.value(
                                "crypto.x509.parse_certificate_request",
                                Calls.text(resource("leaf.csr")));
        assertEquals("0", json(request, "Version"));
        assertEquals("16", json(request, "SignatureAlgorithm"));
        assertEquals("[\"www.example.org\"]", json(request, "DNSNames"));
        assertEquals(
                "[{\"Critical\":false,\"Id\":[2,5,29,17],\"Value\":\"MBGCD3d3dy5leGFtcGxlLm9yZw==\"}]",
                json(request, "Extensions"));
        assertEquals(
                "[{\"Type\":[1,2,840,113549,1,9,14],\"Value\":[[{\"Type\":[2,5,29,17],"
                        + "\"Value\":\"MBGCD3d3dy5leGFtcGxlLm9yZw==\"}]]}]",
                json(request, "Attributes"));
    }

    @Test
    void otherBlocksOfPemAreNamedInTheFault() {
        String pem = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
        assertEquals(
                "PEM block type is 'PUBLIC KEY', expected CERTIFICATE",
                calls.fault("crypto.x509.parse_certificates", Calls.text(pem)));
        assertEquals(
                "invalid PEM-encoded certificate signing request",
                calls.fault(
                        "crypto.x509.parse_certificate_request",
                        Calls.text(
                                GoBase64.encode(
                                        resource("chain.pem")
                                                .getBytes(StandardCharsets.US_ASCII)))));
    }
}
