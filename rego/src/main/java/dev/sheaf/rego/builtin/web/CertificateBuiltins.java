package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// `crypto.x509.*` for certificates and requests for them.
final class CertificateBuiltins {
    private static final String BEGIN = "-----BEGIN";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String REQUEST = "CERTIFICATE REQUEST";
    private static final int NANOS = 1_000_000_000;
    private static final ArrayValue NOT_VERIFIED =
            ArrayValue.of(BooleanValue.FALSE, ArrayValue.EMPTY);

    private static final List<String> PURPOSES =
            List.of(
                    "KeyUsageAny",
                    "KeyUsageServerAuth",
                    "KeyUsageClientAuth",
                    "KeyUsageCodeSigning",
                    "KeyUsageEmailProtection",
                    "KeyUsageIPSECEndSystem",
                    "KeyUsageIPSECTunnel",
                    "KeyUsageIPSECUser",
                    "KeyUsageTimeStamping",
                    "KeyUsageOCSPSigning",
                    "KeyUsageMicrosoftServerGatedCrypto",
                    "KeyUsageNetscapeServerGatedCrypto",
                    "KeyUsageMicrosoftCommercialCodeSigning",
                    "KeyUsageMicrosoftKernelCodeSigning");

    private CertificateBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "crypto.x509.parse_certificates",
                        "string -> array",
                        CertificateBuiltins::parse),
                Builtin.of(
                        "crypto.x509.parse_and_verify_certificates",
                        "string -> array",
                        CertificateBuiltins::verify),
                Builtin.of(
                        "crypto.x509.parse_and_verify_certificates_with_options",
                        "string, object -> array",
                        CertificateBuiltins::verifyWithOptions),
                Builtin.of(
                        "crypto.x509.parse_certificate_request",
                        "string -> object",
                        CertificateBuiltins::parseRequest));
    }

    private static String text(Value value) {
        return ((StringValue) value).value();
    }

    private static Value parse(Value[] arguments, Surroundings surroundings) {
        List<Certificate> certificates = certificates(text(arguments[0]));
        surroundings.work(certificates.size());
        return ArrayValue.of(certificates.stream().map(Certificate::extendedJson).toList());
    }

    /// @param text PEM, or DER or PEM in base64
    private static List<Certificate> certificates(String text) {
        if (text.startsWith(BEGIN)) {
            return fromPem(text);
        }
        byte[] bytes = GoBase64.decode(text);
        String inner = new String(bytes, StandardCharsets.ISO_8859_1);
        return inner.startsWith(BEGIN) ? fromPem(inner) : Certificate.parseAll(bytes);
    }

    private static List<Certificate> fromPem(String pem) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        String rest = pem;
        for (PemBlock block = PemBlock.find(rest); block != null; block = PemBlock.find(rest)) {
            if (!block.type().equals(CERTIFICATE)) {
                throw BuiltinFault.of(
                        "PEM block type is '%s', expected %s", block.type(), CERTIFICATE);
            }
            all.writeBytes(block.bytes());
            rest = block.rest();
        }
        return Certificate.parseAll(all.toByteArray());
    }

    /// What must hold besides the signatures.
    private record Options(String dnsName, Optional<Instant> time, Set<Integer> purposes) {}

    private static Value verify(Value[] arguments, Surroundings surroundings) {
        return verify(
                text(arguments[0]),
                () -> new Options("", Optional.empty(), Set.of()),
                Certificate::extendedJson,
                surroundings);
    }

    private static Value verifyWithOptions(Value[] arguments, Surroundings surroundings) {
        return verify(
                text(arguments[0]),
                () -> options((ObjectValue) arguments[1]),
                certificate -> certificate.json().build(),
                surroundings);
    }

    /// The first certificate is the trusted one, the last is the one in question.
    private static Value verify(
            String text,
            Supplier<Options> readOptions,
            Function<Certificate, Value> json,
            Surroundings surroundings) {
        List<Certificate> certificates;
        try {
            certificates = certificates(text);
        } catch (BuiltinFault fault) {
            return NOT_VERIFIED;
        }
        Options options = readOptions.get();
        if (certificates.size() < 2) {
            return NOT_VERIFIED;
        }
        CertificateChain chain =
                new CertificateChain(
                        certificates.getFirst(),
                        certificates.subList(1, certificates.size() - 1),
                        options.time.orElseGet(() -> instant(surroundings.nowNanos())),
                        options.purposes,
                        options.dnsName);
        return chain.find(certificates.getLast(), surroundings)
                .map(way ->
                        ArrayValue.of(
                                BooleanValue.TRUE, ArrayValue.of(way.stream().map(json).toList())))
                .orElse(NOT_VERIFIED);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    private static Options options(ObjectValue object) {
        String dnsName = "";
        Optional<Instant> time = Optional.empty();
        Set<Integer> purposes = new HashSet<>();
        for (int i = 0; i < object.size(); i++) {
            Value value = object.value(i);
            if (!(object.key(i) instanceof StringValue name)) {
                continue;
            }
            switch (name.value()) {
                case "DNSName" -> {
                    if (!(value instanceof StringValue dns)) {
                        throw BuiltinFault.of("'DNSName' should be a string");
                    }
                    dnsName = unquoted(dns.value());
                }
                case "CurrentTime" -> {
                    if (!(value instanceof NumberValue number)) {
                        throw BuiltinFault.of("'CurrentTime' should be a number");
                    }
                    if (!number.isLong()) {
                        throw BuiltinFault.of("'CurrentTime' should be a valid int64 number");
                    }
                    time = Optional.of(instant(number.longValue()));
                }
                case "MaxConstraintComparisons" -> {
                    // Names are compared in linear time; the number limits nothing here.
                    if (!(value instanceof NumberValue number)) {
                        throw BuiltinFault.of("'MaxConstraintComparisons' should be a number");
                    }
                    if (!number.isLong()) {
                        throw BuiltinFault.of(
                                "'MaxConstraintComparisons' should be a valid number");
                    }
                }
                case "KeyUsages" -> readPurposes(value, purposes);
                default -> throw BuiltinFault.of("invalid key option");
            }
        }
        return new Options(dnsName, time, purposes);
    }

    private static void readPurposes(Value value, Set<Integer> purposes) {
        List<Value> items =
                switch (value) {
                    case ArrayValue array -> array.items();
                    case SetValue set -> set.items();
                    default -> throw BuiltinFault.of("'KeyUsages' should be an Array or Set");
                };
        List<String> wrong = new ArrayList<>();
        for (Value item : items) {
            if (item instanceof StringValue string) {
                String name = unquoted(string.value());
                int number = PURPOSES.indexOf(name);
                if (number < 0) {
                    wrong.add(name);
                } else {
                    purposes.add(number);
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw BuiltinFault.of(
                    "invalid entries for 'KeyUsages' found: [%s]", String.join(" ", wrong));
        }
    }

    private static String unquoted(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == '"') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == '"') {
            end--;
        }
        return text.substring(start, end);
    }

    private static Value parseRequest(Value[] arguments, Surroundings surroundings) {
        String text = text(arguments[0]);
        byte[] bytes =
                text.startsWith(BEGIN + " " + REQUEST + "-----")
                        ? text.getBytes(StandardCharsets.ISO_8859_1)
                        : GoBase64.decode(text);
        PemBlock block = PemBlock.find(new String(bytes, StandardCharsets.ISO_8859_1));
        if (block != null && !block.type().equals(REQUEST)) {
            throw BuiltinFault.of("invalid PEM-encoded certificate signing request");
        }
        return CertificateRequest.json(block == null ? bytes : block.bytes());
    }
}
